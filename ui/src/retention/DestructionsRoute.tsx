import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import type { Destruction } from './retention';
import { RetentionFrame } from './RetentionFrame';
import { StateOf } from './StateOf';

/** The destructions, the newest first. */
export function Component() {
  const { t } = useTranslation('retention');
  const { cursor, limit } = useTableAddress();
  const listing = queries.useQuery('get', '/api/retention/destructions', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const person = usePerson(listing.data?.names);
  const columns: Column<Destruction>[] = [
    { key: 'title', title: t('column.title'), fixed: true, render: ({ title }) => title },
    { key: 'state', title: t('column.state'), width: '110px', fixed: true, render: ({ state }) => <StateOf state={state} /> },
    { key: 'items', title: t('column.items'), width: '90px', align: 'end', render: ({ items }) => items },
    { key: 'kept', title: t('column.kept'), width: '90px', align: 'end', render: ({ kept }) => kept },
    { key: 'destroyed', title: t('column.destroyed'), width: '90px', align: 'end', render: ({ destroyed }) => destroyed },
    { key: 'drawnBy', title: t('column.drawnBy'), width: '120px', render: ({ drawnBy }) => person(drawnBy) },
    { key: 'drawn', title: t('column.drawn'), width: '150px', render: ({ drawn }) => <When at={drawn} /> },
    { key: 'ended', title: t('column.ended'), width: '150px', render: ({ ended }) => (ended ? <When at={ended} /> : '–') },
  ];
  return (
    <RetentionFrame tab="destructions">
      <DataTable name="destructions" label={t('destructions.title')} columns={columns} page={tableOf(listing)} rowKey={({ id }) => id} rowHref={({ id }) => `/retention/destructions/${id}`} empty={{ title: t('destructions.none'), hint: t('destructions.noneHint') }} />
    </RetentionFrame>
  );
}
