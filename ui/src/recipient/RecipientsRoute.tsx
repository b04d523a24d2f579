import { PlusOutlined } from '@ant-design/icons';
import { keepPreviousData } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { LinkButton } from '@/kit/LinkButton';
import { useTableAddress } from '@/kit/table/address';
import { RecipientsPage } from './RecipientsPage';
import styles from './Recipient.module.css';

const WriteRecipient = lazy(() => import('./WriteRecipient'));

export function Component() {
  const { t } = useTranslation('recipient');
  const { roles } = useSession();
  const { cursor, limit } = useTableAddress();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const listing = queries.useQuery('get', '/api/recipients', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  return (
    <>
      <RecipientsPage
        page={tableOf(listing)}
        names={listing.data?.names}
        actions={
          <div className={styles.buttons}>
            {may(roles, 'traceSendings') && <LinkButton to="/transmissions">{t('sendings.title')}</LinkButton>}
            <LinkButton to="/recipients/egress">{t('egress.title')}</LinkButton>
            {may(roles, 'keepRecipients') && (
              <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
                {t('add')}
              </Button>
            )}
          </div>
        }
      />
      <Suspense fallback={null}>{adding && <WriteRecipient onWritten={({ id }) => void navigate(`/recipients/${id}`)} onClose={() => setAdding(false)} />}</Suspense>
    </>
  );
}
