import type { ReactNode } from 'react';

export interface Column<Row> {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  /** A width in CSS; columns without one share what is left. */
  width?: string;
  align?: 'start' | 'end';
  sortable?: boolean;
  /** Cannot be hidden: it tells what a row is. */
  fixed?: boolean;
  /** Hidden until chosen. */
  hidden?: boolean;
}

export type Filter =
  | { kind: 'text'; key: string; label: string; width?: string }
  | { kind: 'choice'; key: string; label: string; options: { value: string; label: string }[]; many?: boolean }
  | { kind: 'period'; fromKey: string; toKey: string; label: string };
