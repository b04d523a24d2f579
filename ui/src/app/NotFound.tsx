import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { EmptyState } from '@/kit/EmptyState';
import { Page } from './Page';

/** For what is not there, and, in the same words, for what one may not know of. */
export function NotFound() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Page narrow>
      <EmptyState
        whole
        title={t('notFound.title')}
        hint={t('notFound.hint')}
        action={
          <Button type="primary" onClick={() => void navigate('/patients')}>
            {t('notFound.search')}
          </Button>
        }
      />
    </Page>
  );
}
