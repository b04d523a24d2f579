import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { onwards } from '@/api/whole';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import { useReportedColumns } from './Rows';

/** Who was reported to have looked at a patient in other systems, apart from what our own account proves. */
export function ReportedReaders({ patient }: { patient: string }) {
  const { t } = useTranslation('accesslog');
  const listing = queries.useInfiniteQuery('get', '/api/patients/{id}/reported-readers', { params: { path: { id: patient }, query: {} } }, onwards);
  const pages = listing.data?.pages;
  const names = Object.assign({}, ...(pages ?? []).map((page) => page.names)) as NonNullable<typeof pages>[number]['names'];
  const columns = useReportedColumns(names, undefined, true);
  if (listing.isError) return null;
  return (
    <Panel flush title={t('readers.title')}>
      <Notice tone="warning">{t('readers.lead')}</Notice>
      <PlainTable label={t('readers.title')} columns={columns.filter(({ hidden }) => !hidden)} rows={pages?.flatMap(({ items }) => items ?? [])} rowKey={({ id }) => id} empty={t('readers.none')} />
      {listing.hasNextPage && (
        <Button block type="text" loading={listing.isFetchingNextPage} onClick={() => void listing.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Panel>
  );
}
