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
import { purposesForClaims, type ClaimTask } from './claim';
import { PurposeFirst } from './PurposeFirst';
import { SharingTabs } from './SharingTabs';
import { StateOfClaims } from './StateOfClaims';

const AskClaims = lazy(() => import('./AskClaims'));

export function Component() {
  const me = useSession();
  return (
    <PurposeFirst fitting={purposesForClaims(me)}>
      <Tasks />
    </PurposeFirst>
  );
}

/** The tasks in which an insurer is told of listed claims, the newest first. */
function Tasks() {
  const { t } = useTranslation('sharing');
  const { roles } = useSession();
  const navigate = useNavigate();
  const { cursor, limit } = useTableAddress();
  const [asking, setAsking] = useState(false);
  const listing = queries.useQuery('get', '/api/sharing/claim-tasks', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const person = usePerson(listing.data?.names);
  const columns: Column<ClaimTask>[] = [
    { key: 'insurer', title: t('claims.column.insurer'), fixed: true, render: ({ insurer }) => insurer },
    { key: 'state', title: t('column.state'), width: '120px', fixed: true, render: (task) => <StateOfClaims task={task} /> },
    { key: 'kind', title: t('claims.column.kind'), width: '110px', render: ({ kind }) => t(`claims.kind.${kind}`) },
    { key: 'claims', title: t('claims.column.claims'), width: '90px', align: 'end', render: ({ claims }) => claims },
    { key: 'extras', title: t('claims.column.extras'), width: '110px', align: 'end', render: ({ extras }) => extras?.length ?? 0 },
    { key: 'reviewer', title: t('claims.column.reviewer'), width: '110px', render: ({ reviewer }) => person(reviewer) },
    { key: 'askedBy', title: t('claims.column.askedBy'), width: '110px', render: ({ askedBy }) => person(askedBy) },
    { key: 'asked', title: t('claims.column.asked'), width: '150px', render: ({ asked }) => <When at={asked} /> },
    { key: 'until', title: t('claims.column.until'), width: '150px', render: ({ until }) => <When at={until} /> },
  ];
  return (
    <Page fixed>
      <PageHead
        title={t('claims.title')}
        lead={t('claims.lead')}
        actions={
          may(roles, 'askClaims') && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setAsking(true)}>
              {t('claims.ask')}
            </Button>
          )
        }
      />
      <SharingTabs />
      <DataTable name="claims" label={t('claims.title')} columns={columns} page={tableOf(listing)} rowKey={({ id }) => id} rowHref={({ id }) => `/claims/${id}`} empty={{ title: t('claims.none'), hint: t('claims.noneHint') }} />
      <Suspense fallback={null}>{asking && <AskClaims onAsked={({ id }) => void navigate(`/claims/${id}`)} onClose={() => setAsking(false)} />}</Suspense>
    </Page>
  );
}
