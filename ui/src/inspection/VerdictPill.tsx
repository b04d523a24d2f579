import { CheckCircleOutlined, CloseCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';
import { toneOf, type Verdict } from './inspection';

const icons = { 'in-order': <CheckCircleOutlined />, 'to-explain': <ExclamationCircleOutlined />, 'not-in-order': <CloseCircleOutlined /> };

export function VerdictPill({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation('inspection');
  return (
    <Pill tone={toneOf[verdict]} icon={icons[verdict]}>
      {t(`verdict.${verdict}`)}
    </Pill>
  );
}
