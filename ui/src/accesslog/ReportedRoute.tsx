import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { Page } from '@/app/Page';
import { PageHead } from '@/kit/PageHead';
import { useTableAddress } from '@/kit/table/address';
import { DataTable } from '@/kit/table/DataTable';
import { verdicts, type Verdict } from './accesslog';
import { useReportedColumns } from './Rows';

/** What other systems reported, under one verdict. */
export function Component() {
  const { t } = useTranslation('accesslog');
  const { cursor, limit, filters } = useTableAddress();
  const query = { cursor, limit, verdict: (filters.verdict ?? 'unexplained') as Verdict, ...(filters.source && { source: filters.source }) };
  const listing = queries.useQuery('get', '/api/access-logs/events', { params: { query } }, { placeholderData: keepPreviousData });
  const columns = useReportedColumns(listing.data?.names, listing.data?.called);
  return (
    <Page fixed>
      <PageHead title={t('events.title')} lead={t('events.lead')} />
      <DataTable
        name="reported"
        label={t('events.title')}
        columns={columns}
        filters={[
          { kind: 'choice', key: 'verdict', label: t('column.verdict'), options: verdicts.map((value) => ({ value, label: t(`verdict.${value}`) })) },
          { kind: 'text', key: 'source', label: t('column.code') },
        ]}
        page={tableOf(listing)}
        rowKey={({ id }) => id}
        empty={{ title: t('events.none'), hint: t('events.noneHint') }}
      />
    </Page>
  );
}
