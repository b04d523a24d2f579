import { keepPreviousData } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import { kindOfAbout, type Hit } from './debarment';
import { DebarmentFrame } from './DebarmentFrame';
import { StateOf } from './StateOf';

const OpenedHit = lazy(() => import('./OpenedHit'));

/** What the register held back, and what was there before. */
export function Component() {
  const { t } = useTranslation('debarment');
  const { cursor, limit } = useTableAddress();
  const [open, setOpen] = useState<string>();
  const listing = queries.useQuery('get', '/api/debarments/hits', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const person = usePerson(listing.data?.names);
  const columns: Column<Hit>[] = [
    { key: 'name', title: t('column.named'), fixed: true, render: ({ name, number }) => [name, number].filter(Boolean).join(' · ') },
    { key: 'state', title: t('column.state'), width: '120px', fixed: true, render: ({ state }) => <StateOf state={state} /> },
    { key: 'how', title: t('column.how'), width: '110px', render: ({ how }) => t(`how.${how}`) },
    { key: 'barred', title: t('column.barred'), width: '180px', render: ({ barred }) => barred || t('destroyed') },
    { key: 'about', title: t('column.about'), width: '130px', render: ({ about }) => t(`about.${kindOfAbout(about)}` as never, { defaultValue: about }) },
    { key: 'person', title: t('column.tried'), width: '100px', render: (hit) => (hit.verb === 'standing' ? t('stood') : person(hit.person)) },
    { key: 'times', title: t('column.times'), width: '70px', align: 'end', render: ({ times }) => times },
    { key: 'last', title: t('column.last'), width: '140px', render: ({ last }) => <When at={last} /> },
    { key: 'judgedBy', title: t('column.judgedBy'), width: '100px', render: ({ judgedBy }) => (judgedBy ? person(judgedBy) : '–') },
  ];
  const shown = listing.data?.items?.find(({ id }) => id === open);
  return (
    <DebarmentFrame tab="hits">
      <DataTable name="debarment-hits" label={t('hits.title')} columns={columns} page={tableOf(listing)} rowKey={({ id }) => id} onOpen={({ id }) => setOpen(id)} empty={{ title: t('hits.none'), hint: t('hits.noneHint') }} />
      <Suspense fallback={null}>{shown && <OpenedHit hit={shown} names={listing.data?.names} onClose={() => setOpen(undefined)} />}</Suspense>
    </DebarmentFrame>
  );
}
