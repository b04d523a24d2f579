import { ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFault } from '@/api/fault';
import { EmptyState } from '@/kit/EmptyState';
import { Page } from './Page';

interface UnreachableProps {
  error: unknown;
  onRetry: () => void;
}

/** What was asked for did not come: why, and once more. */
export function Unreachable({ error, onRetry }: UnreachableProps) {
  const { t } = useTranslation();
  const fault = useFault();
  return (
    <Page narrow>
      <div role="alert">
        <EmptyState
          title={fault(error) ?? t('unreachable.title')}
          hint={t('unreachable.hint')}
          action={
            <Button type="primary" icon={<ReloadOutlined />} onClick={onRetry}>
              {t('unreachable.retry')}
            </Button>
          }
        />
      </div>
    </Page>
  );
}
