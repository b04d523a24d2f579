import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import styles from './PlainTable.module.css';
import type { Column } from './table/column';

export interface PlainTableProps<Row> {
  label: string;
  columns: Column<Row>[];
  /** All of them: nothing is paged. Absent while they are on their way. */
  rows: Row[] | undefined;
  rowKey: (row: Row) => string;
  empty: ReactNode;
}

/** A short table inside a panel, without paging, sorting or filters. */
export function PlainTable<Row>({ label, columns, rows, rowKey, empty }: PlainTableProps<Row>) {
  const frame = useRef<HTMLDivElement>(null);
  const scrolls = useScrolls(frame);
  if (rows?.length === 0) return <p className={styles.none}>{empty}</p>;
  return (
    <div ref={frame} className={styles.frame} aria-busy={rows === undefined} {...(scrolls && { tabIndex: 0 })}>
      <table className={styles.table} aria-label={label}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.key} style={column.width ? { width: column.width } : undefined} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) =>
              column.title ? (
                <th key={column.key} scope="col" className={column.align === 'end' ? styles.end : undefined}>
                  {column.title}
                </th>
              ) : (
                <td key={column.key} className={styles.untitled} />
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows?.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.key} className={column.align === 'end' ? styles.end : undefined}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Whether a frame is wider than the window shows: then the keyboard must be able to reach and scroll it. */
function useScrolls(frame: RefObject<HTMLDivElement | null>): boolean {
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const shown = frame.current;
    if (!shown) return;
    const watch = new ResizeObserver(() => setScrolls(shown.scrollWidth > shown.clientWidth));
    watch.observe(shown);
    return () => watch.disconnect();
  });
  return scrolls;
}
