import { useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { Link } from 'react-router';
import { classes } from '../classes';
import type { Column } from './column';
import styles from './DataTable.module.css';

interface RowsProps<Row> {
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  onOpen: ((row: Row) => void) | undefined;
  rowHref: ((row: Row) => string) | undefined;
  current: string | undefined;
  onNext: () => void;
  onPrevious: () => void;
}

/** The rows, one of which takes the focus; arrows move it, Enter opens. */
export function Rows<Row>({ columns, rows, rowKey, onOpen, rowHref, current, onNext, onPrevious }: RowsProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [active, setActive] = useState(0);
  const here = Math.min(active, rows.length - 1);

  const focus = (index: number) => {
    const to = Math.max(0, Math.min(rows.length - 1, index));
    setActive(to);
    (body.current?.rows[to] as HTMLElement | undefined)?.focus();
  };

  const onKeyDown = (event: KeyboardEvent, row: Row) => {
    if (event.target !== event.currentTarget) return;
    const moves: Record<string, () => void> = {
      ArrowDown: () => focus(here + 1),
      ArrowUp: () => focus(here - 1),
      Home: () => focus(0),
      End: () => focus(rows.length - 1),
      PageDown: onNext,
      PageUp: onPrevious,
      Enter: () => onOpen?.(row),
    };
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
  };

  const onClick = (event: MouseEvent, row: Row, index: number) => {
    setActive(index);
    const onControl = (event.target as Element).closest('a, button, input, label');
    const selecting = window.getSelection()?.type === 'Range';
    if (!onControl && !selecting) onOpen?.(row);
  };

  return (
    <tbody ref={body}>
      {rows.map((row, index) => (
        <tr
          key={rowKey(row)}
          className={classes(onOpen && styles.openable)}
          tabIndex={index === here ? 0 : -1}
          aria-current={rowKey(row) === current || undefined}
          onFocus={() => setActive(index)}
          onKeyDown={(event) => onKeyDown(event, row)}
          onClick={(event) => onClick(event, row, index)}
        >
          {columns.map((column, place) => (
            <td key={column.key} className={styles[column.align ?? 'start']}>
              {place === 0 && rowHref ? (
                <Link to={rowHref(row)} tabIndex={-1}>
                  {column.render(row)}
                </Link>
              ) : (
                column.render(row)
              )}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
