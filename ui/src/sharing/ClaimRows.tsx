import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { onwards } from '@/api/whole';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import { useRow, useText } from '@/language/text';
import { useTerm } from '@/language/terms';

const atOnce = 50;

/** The rows as the insurer would get them; each page is a disclosure, and is asked for by whoever reads. */
export function ClaimRows({ id }: { id: string }) {
  const { t } = useTranslation('sharing');
  const text = useText();
  const row = useRow();
  const term = useTerm();
  const fault = useFault();
  const listing = queries.useInfiniteQuery('get', '/api/sharing/claim-tasks/{id}/rows', { params: { path: { id }, query: { limit: atOnce } } }, { ...onwards, retry: false });
  const pages = listing.data?.pages ?? [];
  const fields = pages[0]?.fields ?? [];
  const withheld = pages.flatMap(({ withheld: some }) => some ?? []);
  const cell = (field: string, value: string | undefined) => (field === 'encounter-kind' && value ? term('encounter', value) : value) || '–';
  return (
    <Panel flush title={t('claims.rows')}>
      {listing.error && <Notice tone="error">{fault(listing.error)}</Notice>}
      {withheld.length > 0 && <Notice tone="warning" title={t('claims.withheld', { count: withheld.length })}>{row(withheld)}</Notice>}
      {!listing.error && (
        <PlainTable
          label={t('claims.rows')}
          columns={fields.map(({ id: field, name }) => ({ key: field, title: text(name), render: ({ cells }: { cells: Record<string, string> }) => cell(field, cells[field]) }))}
          rows={listing.data && pages.flatMap(({ items }) => items ?? [])}
          rowKey={({ number }) => number}
          empty={t('claims.noRows')}
        />
      )}
      {listing.hasNextPage && (
        <Button block type="text" loading={listing.isFetching} onClick={() => void listing.fetchNextPage()}>
          {t('claims.more')}
        </Button>
      )}
    </Panel>
  );
}
