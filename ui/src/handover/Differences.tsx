import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { useText } from '@/language/text';
import type { Count, ListedDifference } from './handover';

interface DifferencesProps {
  id: string;
  comparison: number;
  counts: Count[];
}

/** What a comparison found, row by row. */
export default function Differences({ id, comparison, counts }: DifferencesProps) {
  const { t } = useTranslation('handover');
  const text = useText();
  const { cursor, limit } = useTableAddress();
  const listing = queries.useQuery('get', '/api/handovers/{id}/comparisons/{number}/differences', { params: { path: { id, number: comparison }, query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const columns: Column<ListedDifference>[] = [
    { key: 'number', title: '#', width: '80px', align: 'end', fixed: true, render: ({ number }) => number },
    { key: 'kind', title: t('difference.kind'), width: '150px', fixed: true, render: ({ kind }) => t(`difference.${kind}` as never, { defaultValue: kind }) },
    { key: 'set', title: t('column.set'), width: '170px', render: ({ set }) => text(counts.find((one) => one.set === set)?.name) || set },
    { key: 'key', title: t('difference.key'), fixed: true, render: ({ key }) => <code>{key.replaceAll('\t', ' · ')}</code> },
  ];
  return (
    <DataTable
      name="handover-differences"
      label={t('difference.title')}
      columns={columns}
      page={tableOf(listing)}
      rowKey={({ number }) => String(number)}
      exported={{ list: 'handover-differences', filter: { handover: id, comparison: String(comparison) } }}
      empty={{ title: t('difference.none'), hint: t('difference.noneHint') }}
    />
  );
}
