import { keepPreviousData } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Page } from '@/app/Page';
import { PageHead } from '@/kit/PageHead';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { sizeOf, type Finding } from './recipient';
import { StateOf } from './StateOf';
import styles from './Recipient.module.css';

const HandIn = lazy(() => import('./HandIn'));
const SayWhy = lazy(() => import('./SayWhy'));

/** What went, or would have gone, to where nobody is registered. */
export function Component() {
  const { t } = useTranslation('recipient');
  const { roles } = useSession();
  const { cursor, limit, filters, setFilter } = useTableAddress();
  const [handing, setHanding] = useState(false);
  const [settling, setSettling] = useState<string>();
  const state = filters.state === 'settled' ? 'settled' : 'open';
  const listing = queries.useQuery('get', '/api/recipients/findings', { params: { query: { cursor, limit, state } } }, { placeholderData: keepPreviousData });
  const columns: Column<Finding>[] = [
    { key: 'destination', title: t('column.destination'), fixed: true, render: ({ destination }) => <span className={styles.mono}>{destination}</span> },
    { key: 'kind', title: t('column.found'), width: '170px', render: ({ kind, why }) => (kind === 'egress' ? t('egress.seen') : t(`refused.${why.replace('recipient.', '')}` as never, { defaultValue: why })) },
    { key: 'first', title: t('column.first'), width: '140px', render: ({ first }) => <When at={first} /> },
    { key: 'last', title: t('column.last'), width: '140px', render: ({ last }) => <When at={last} /> },
    { key: 'times', title: t('column.times'), width: '80px', align: 'end', render: ({ times }) => times },
    { key: 'bytes', title: t('column.bytes'), width: '100px', align: 'end', render: ({ bytes }) => sizeOf(bytes) },
    { key: 'state', title: t('column.state'), width: '100px', render: (one) => <StateOf state={one.state} /> },
    {
      key: 'do',
      title: t('column.words'),
      width: '200px',
      render: ({ id, state: now, words }) =>
        now === 'open' && may(roles, 'settleEgress') ? (
          <Button size="small" onClick={() => setSettling(id)}>
            {t('do.settle')}
          </Button>
        ) : (
          words || '–'
        ),
    },
  ];
  return (
    <Page fixed>
      <PageHead
        title={t('egress.title')}
        lead={t('egress.lead')}
        actions={
          may(roles, 'compareEgress') && (
            <Button type="primary" onClick={() => setHanding(true)}>
              {t('egress.hand')}
            </Button>
          )
        }
      />
      <DataTable
        name="egress"
        label={t('egress.title')}
        columns={columns}
        page={tableOf(listing)}
        rowKey={({ id }) => id}
        extra={<Segmented value={state} onChange={(value) => setFilter('state', value === 'open' ? undefined : value)} options={(['open', 'settled'] as const).map((value) => ({ value, label: t(`state.${value}`) }))} />}
        empty={{ title: t('egress.none'), hint: t('egress.noneHint') }}
      />
      <Suspense fallback={null}>
        {handing && <HandIn onClose={() => setHanding(false)} />}
        {settling && <SayWhy id={settling} way="settle" onClose={() => setSettling(undefined)} />}
      </Suspense>
    </Page>
  );
}
