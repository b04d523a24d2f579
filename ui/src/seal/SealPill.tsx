import { LockFilled, UnlockOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';
import { useTerm } from '@/language/terms';
import type { Seal } from './seal';

export function SealPill({ seal }: { seal: Pick<Seal, 'kind' | 'lifted'> }) {
  const { t } = useTranslation('seal');
  const term = useTerm();
  if (seal.lifted) return <Pill icon={<UnlockOutlined />}>{t('lifted')}</Pill>;
  return (
    <Pill tone={seal.kind === 'dispute' ? 'error' : 'warning'} icon={<LockFilled />}>
      {term('seal', seal.kind)}
    </Pill>
  );
}
