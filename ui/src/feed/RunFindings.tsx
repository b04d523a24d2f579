import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { most, onwards, useWhole } from '@/api/whole';
import { Notice } from '@/kit/Notice';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import type { FeedFinding, FeedRun } from './feed';
import styles from './Feed.module.css';

/** What was set aside in a run, and what a person should know. */
export default function RunFindings({ run, onClose }: { run: FeedRun; onClose: () => void }) {
  const { t } = useTranslation('feed');
  const fault = useFault();
  const listing = queries.useInfiniteQuery('get', '/api/feeds/runs/{id}/findings', { params: { path: { id: run.id }, query: { limit: most } } }, onwards);
  const rows = useWhole(listing);
  const columns: Column<FeedFinding>[] = [
    { key: 'line', title: t('column.line'), width: '70px', align: 'end', render: ({ line }) => line },
    { key: 'key', title: t('column.key'), width: '180px', render: ({ key }) => key ?? '–' },
    { key: 'field', title: t('rules.field'), width: '120px', render: ({ field }) => field },
    { key: 'rule', title: t('column.rule'), render: ({ rule }) => t(`rule.${rule}` as never) },
    { key: 'taken', title: t('column.taken'), width: '110px', render: ({ taken }) => <Pill tone={taken ? 'info' : 'warning'}>{t(taken ? 'findings.taken' : 'findings.aside')}</Pill> },
  ];
  const all = Object.values(run.tally.rules).reduce((sum, one) => sum + one, 0);
  return (
    <Modal open onCancel={onClose} footer={<Button onClick={onClose}>{t('close')}</Button>} width={820} title={t('findings.title', { feed: run.feed })} destroyOnHidden>
      <div className={styles.parts}>
        <p className={styles.note}>{t('findings.lead')}</p>
        {listing.error && <Notice tone="error">{fault(listing.error)}</Notice>}
        {rows && rows.length < all && !listing.hasNextPage && <Notice tone="warning">{t('findings.more', { kept: rows.length, all })}</Notice>}
        <PlainTable label={t('findings.title', { feed: run.feed })} columns={columns} rows={rows} rowKey={({ id }) => id} empty={t('findings.none')} />
      </div>
    </Modal>
  );
}
