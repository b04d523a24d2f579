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
import { SourcesPage } from './SourcesPage';

const WriteSource = lazy(() => import('./WriteSource'));

export function Component() {
  const { t } = useTranslation('source');
  const { roles } = useSession();
  const { cursor, limit } = useTableAddress();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const listing = queries.useQuery('get', '/api/sources', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  return (
    <>
      <SourcesPage
        page={tableOf(listing)}
        names={listing.data?.names}
        onOpen={({ id }) => void navigate(`/sources/${id}`)}
        actions={
          may(roles, 'keepSources') && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
              {t('add')}
            </Button>
          )
        }
      />
      <Suspense fallback={null}>{adding && <WriteSource onWritten={({ id }) => void navigate(`/sources/${id}`)} onClose={() => setAdding(false)} />}</Suspense>
    </>
  );
}
