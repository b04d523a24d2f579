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
import { useTableAddress } from '@/kit/table/address';
import { ChangesPage } from './ChangesPage';

const AskChange = lazy(() => import('./AskChange'));

export function Component() {
  const { t } = useTranslation('privilege');
  const { roles } = useSession();
  const { cursor, limit } = useTableAddress();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const listing = queries.useQuery('get', '/api/privilege/changes', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  return (
    <>
      <ChangesPage
        page={tableOf(listing)}
        names={listing.data?.names}
        onOpen={({ id }) => void navigate(`/privilege/changes/${id}`)}
        actions={
          may(roles, 'askPrivilege') && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setAsking(true)}>
              {t('changes.ask')}
            </Button>
          )
        }
      />
      <Suspense fallback={null}>{asking && <AskChange onAsked={({ id }) => void navigate(`/privilege/changes/${id}`)} onClose={() => setAsking(false)} />}</Suspense>
    </>
  );
}
