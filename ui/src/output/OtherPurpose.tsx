import { useTranslation } from 'react-i18next';
import { useSession } from '@/app/session';
import { Notice } from '@/kit/Notice';
import { useTerm } from '@/language/terms';
import { useRow } from '@/language/text';

/** Says that nothing leaves for the purpose of the session, and for which it would. */
export function OtherPurpose({ purposes }: { purposes: string[] }) {
  const { t } = useTranslation('output');
  const { purpose } = useSession();
  const term = useTerm();
  const row = useRow();
  return (
    <Notice tone="warning" title={t('otherPurpose.title', { purpose: term('purpose', purpose) })}>
      {purposes.length > 0 ? t('otherPurpose.switch', { purposes: row(purposes.map((one) => term('purpose', one))) }) : t('otherPurpose.none')}
    </Notice>
  );
}
