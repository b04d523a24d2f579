import { NodeIndexOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '@/kit/LinkButton';

/** Leads to where a patient's record came from and where it went. */
export function LineageLink({ patient }: { patient: string }) {
  const { t } = useTranslation('lineage');
  return (
    <div>
      <LinkButton to={`/patients/${patient}/lineage`} icon={<NodeIndexOutlined />}>
        {t('open')}
      </LinkButton>
    </div>
  );
}
