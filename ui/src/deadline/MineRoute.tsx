import { keepPreviousData } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { useTableAddress } from '@/kit/table/address';
import { DataTable } from '@/kit/table/DataTable';
import { useDueColumns } from './columns';
import { boxes, isBox, type Due } from './deadline';
import { Frame } from './Frame';

const Explain = lazy(() => import('./Explain'));

/** What the reader is to write, or wrote late. */
export function Component() {
  const { t } = useTranslation('deadline');
  const { cursor, limit, filters } = useTableAddress();
  const [explaining, setExplaining] = useState<Due>();
  const box = isBox(filters.box) ? filters.box : 'open';
  const listing = queries.useQuery('get', '/api/deadlines/mine', { params: { query: { cursor, limit, box } } }, { placeholderData: keepPreviousData });
  const columns = useDueColumns({ names: listing.data?.names, departments: listing.data?.departments, onExplain: setExplaining });
  return (
    <Frame tab="mine" fixed>
      <DataTable
        name="my-deadlines"
        label={t('mine.title')}
        columns={columns}
        filters={[{ kind: 'choice', key: 'box', label: t('column.standing'), options: boxes.map((value) => ({ value, label: t(`box.${value}`) })) }]}
        page={tableOf(listing)}
        rowKey={({ id }) => id}
        empty={{ title: t('mine.none'), hint: t('mine.noneHint') }}
      />
      <Suspense fallback={null}>{explaining && <Explain due={explaining} onClose={() => setExplaining(undefined)} />}</Suspense>
    </Frame>
  );
}
