import { ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../classes';
import { EmptyState, type EmptyStateProps } from '../EmptyState';
import { useTableAddress } from './address';
import type { Column, Filter } from './column';
import styles from './DataTable.module.css';
import type { Exported } from './exporting';
import { Filters } from './Filters';
import { Head } from './Head';
import { Pager, type Count } from './Pager';
import { useRemembered } from './remembered';
import { Rows } from './Rows';
import { Tools } from './Tools';

/** One page of rows, on its way, there, or not to be had. */
export interface TablePage<Row> {
  rows?: Row[];
  /** Cursor of the next page; absent on the last. */
  next?: string;
  count?: Count;
  loading?: boolean;
  /** Asking again helps against a failure, not against a refusal. */
  error?: { message: string; code?: string; refused?: boolean };
  onRetry?: () => void;
}

export interface DataTableProps<Row> {
  /** Under which its columns and density are remembered. */
  name: string;
  label: string;
  columns: Column<Row>[];
  filters?: Filter[];
  page: TablePage<Row>;
  rowKey: (row: Row) => string;
  onOpen?: (row: Row) => void;
  /** Where the first cell of a row links to. */
  rowHref?: (row: Row) => string;
  /** The key of the row that is open beside the table. */
  current?: string;
  empty: EmptyStateProps;
  /** Stands above the rows, beside the filters. */
  extra?: ReactNode;
  /** By which list of the server it leaves as a file; absent where it does not. */
  exported?: Exported;
}

/**
 * A list from the server. What it asks for stands in the address (see
 * useTableAddress), which the page reads to fetch `page`.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { name, label, columns, filters, page, rowKey, onOpen, rowHref, current, empty, extra, exported } = props;
  const address = useTableAddress();
  const [remembered, remember] = useRemembered(name);
  const shown = (column: Column<Row>) => column.fixed === true || (remembered.columns[column.key] ?? !column.hidden);
  const visible = columns.filter(shown);
  const rows = page.rows ?? [];

  return (
    <div className={classes(styles.table, styles[remembered.density])}>
      <div className={styles.bar}>
        {filters && <Filters filters={filters} address={address} />}
        {extra}
        <Tools columns={columns} shown={shown} remembered={remembered} onChange={remember} exported={exported} />
      </div>
      <div className={styles.scroll} aria-busy={page.loading}>
        <table aria-label={label}>
          <colgroup>
            {visible.map((column) => (
              <col key={column.key} style={column.width ? { width: column.width } : undefined} />
            ))}
          </colgroup>
          <Head columns={visible} address={address} />
          {!page.error && !page.rows && page.loading && <SkeletonRows columns={visible.length} />}
          {!page.error && rows.length > 0 && (
            <Rows
              columns={visible}
              rows={rows}
              rowKey={rowKey}
              onOpen={onOpen}
              rowHref={rowHref}
              current={current}
              onNext={() => page.next && address.next(page.next)}
              onPrevious={() => address.turned > 0 && address.previous()}
            />
          )}
        </table>
        {page.error && <Failed error={page.error} onRetry={page.onRetry} />}
        {!page.error && page.rows?.length === 0 && <EmptyState {...empty} />}
        {page.loading && page.rows && <div className={styles.progress} />}
      </div>
      {rows.length > 0 && !page.error && <Pager address={address} here={rows.length} next={page.next} count={page.count} />}
    </div>
  );
}

const skeletonRows = 8;
const skeletonWidths = ['62%', '78%', '48%', '70%', '55%'];

function SkeletonRows({ columns }: { columns: number }) {
  const { t } = useTranslation('kit');
  return (
    <tbody className={styles.skeleton} aria-label={t('table.loading')}>
      {Array.from({ length: skeletonRows }, (_, row) => (
        <tr key={row}>
          {Array.from({ length: columns }, (_cell, column) => (
            <td key={column}>
              <span style={{ width: skeletonWidths[(row + column) % skeletonWidths.length] }} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function Failed({ error, onRetry }: { error: NonNullable<TablePage<never>['error']>; onRetry: (() => void) | undefined }) {
  const { t } = useTranslation('kit');
  return (
    <div role="alert">
      <EmptyState
        title={t(error.refused ? 'table.refused' : 'table.failed')}
        hint={
          <>
            {error.message} {!error.refused && t('table.failedHint')}
            {error.code && <span className={styles.code}>{t('table.failureCode', { code: error.code })}</span>}
          </>
        }
        action={
          onRetry &&
          !error.refused && (
            <Button icon={<ReloadOutlined />} onClick={onRetry}>
              {t('retry')}
            </Button>
          )
        }
      />
    </div>
  );
}
