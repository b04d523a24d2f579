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
import { TemplatesPage } from './TemplatesPage';

const NewTemplate = lazy(() => import('./NewTemplate'));

export function Component() {
  const { t } = useTranslation('template');
  const { roles } = useSession();
  const { cursor, limit } = useTableAddress();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const listing = queries.useQuery('get', '/api/templates', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  return (
    <>
      <TemplatesPage
        page={tableOf(listing)}
        names={listing.data?.names}
        actions={
          may(roles, 'designForms') && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
              {t('do.new')}
            </Button>
          )
        }
      />
      <Suspense fallback={null}>{adding && <NewTemplate onWritten={({ id }) => void navigate(`/templates/${id}`)} onClose={() => setAdding(false)} />}</Suspense>
    </>
  );
}
