import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Code } from '@/kit/Code';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { Feeds } from './Feeds';
import type { Stock } from './order';
import { OrderFrame } from './OrderFrame';
import { StateOf } from './StateOf';
import { useTold } from './use-told';

const states = ['out', 'low', 'in-stock'] as const;
const isState = (asked: string | undefined): asked is (typeof states)[number] => states.some((state) => state === asked);

/** What lies in the pharmacies, and how old that is. */
export function Component() {
  const { roles } = useSession();
  return may(roles, 'seeOrders') ? <ToldShelf /> : <Shelf />;
}

function ToldShelf() {
  const shelf = useShelf();
  useTold(undefined, () => void shelf.refetch());
  return <Shelf />;
}

function useShelf() {
  const { cursor, limit, filters } = useTableAddress();
  const state = isState(filters.state) ? filters.state : undefined;
  return queries.useQuery('get', '/api/orders/stock', { params: { query: { cursor, limit, ...(state && { state }) } } }, { placeholderData: keepPreviousData, refetchInterval: 60_000 });
}

function Shelf() {
  const { t } = useTranslation('order');
  const listing = useShelf();
  const columns: Column<Stock>[] = [
    { key: 'name', title: t('column.item'), fixed: true, render: ({ name }) => name },
    { key: 'code', title: t('column.code'), width: '130px', render: ({ code }) => <Code value={code} /> },
    { key: 'place', title: t('column.place'), width: '150px', fixed: true, render: ({ place }) => place },
    { key: 'state', title: t('column.state'), width: '90px', fixed: true, render: ({ state }) => <StateOf state={state} /> },
    { key: 'quantity', title: t('column.quantity'), width: '110px', align: 'end', render: ({ quantity, unit }) => (quantity ? `${quantity} ${unit ?? ''}` : '–') },
    { key: 'since', title: t('column.since'), width: '150px', hidden: true, render: ({ since }) => <When at={since} /> },
    { key: 'age', title: t('column.age'), width: '120px', fixed: true, render: ({ said }) => <When at={said} as="ago" /> },
  ];
  return (
    <OrderFrame tab="stock" fixed>
      {listing.data && <Feeds feeds={listing.data.feeds} />}
      <DataTable
        name="stock"
        label={t('stock.title')}
        columns={columns}
        page={tableOf(listing)}
        rowKey={({ id }) => id}
        filters={[{ kind: 'choice', key: 'state', label: t('column.state'), options: states.map((value) => ({ value, label: t(`state.${value}`) })) }]}
        empty={{ title: t('stock.none'), hint: t('stock.noneHint') }}
      />
    </OrderFrame>
  );
}
