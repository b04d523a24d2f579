import { PlusOutlined } from '@ant-design/icons';
import { keepPreviousData } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { Page } from '@/app/Page';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { PageHead } from '@/kit/PageHead';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import type { Handover } from './handover';
import { StateOf } from './StateOf';

const OpenHandover = lazy(() => import('./OpenHandover'));

/** The handovers of the house, and their rehearsals. */
export function Component() {
  const { t } = useTranslation('handover');
  const { roles } = useSession();
  const navigate = useNavigate();
  const { cursor, limit } = useTableAddress();
  const [asking, setAsking] = useState(false);
  const listing = queries.useQuery('get', '/api/handovers', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const person = usePerson(listing.data?.names);
  const columns: Column<Handover>[] = [
    { key: 'opened', title: t('column.opened'), width: '150px', fixed: true, render: ({ opened }) => <When at={opened} /> },
    { key: 'ground', title: t('column.ground'), width: '130px', render: ({ ground }) => t(`ground.${ground}`) },
    { key: 'receiver', title: t('column.receiver'), fixed: true, render: ({ receiver }) => receiver },
    { key: 'state', title: t('column.state'), width: '130px', fixed: true, render: (one) => <StateOf of={one} /> },
    { key: 'rows', title: t('column.rows'), width: '110px', align: 'end', render: ({ rows }) => rows.toLocaleString() },
    { key: 'missing', title: t('column.missing'), width: '100px', align: 'end', render: ({ missing, compared }) => (compared ? missing.toLocaleString() : '–') },
    { key: 'openedBy', title: t('column.openedBy'), width: '110px', render: ({ openedBy }) => person(openedBy) },
    { key: 'approvedBy', title: t('column.approvedBy'), width: '110px', render: ({ approvedBy }) => person(approvedBy) || '–' },
    { key: 'until', title: t('column.until'), width: '150px', render: ({ until }) => <When at={until} /> },
  ];
  return (
    <Page fixed>
      <PageHead
        title={t('title')}
        lead={t('lead')}
        actions={
          may(roles, 'openHandovers') && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setAsking(true)}>
              {t('open.title')}
            </Button>
          )
        }
      />
      <DataTable
        name="house-handovers"
        label={t('title')}
        columns={columns}
        page={tableOf(listing)}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/house-handovers/${id}`}
        onOpen={({ id }) => void navigate(`/house-handovers/${id}`)}
        exported={{ list: 'handovers', filter: {} }}
        empty={{ title: t('none'), hint: t('noneHint') }}
      />
      {asking && (
        <Suspense fallback={null}>
          <OpenHandover onOpened={(id) => void navigate(`/house-handovers/${id}`)} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </Page>
  );
}
