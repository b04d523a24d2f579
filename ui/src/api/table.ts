import type { TablePage } from '@/kit/table/DataTable';
import type { Schemas } from './client';
import { tableError } from './problem';

interface Listing<Row> {
  data: { items: Row[] | null; next?: string; count?: Schemas['Count'] } | undefined;
  error: unknown;
  isFetching: boolean;
  refetch: () => unknown;
}

/** A list that was asked for, as a table shows it; shape makes the rows of the page from those of the API. */
export function shapedTable<Wire, Row>(listing: Listing<Wire>, shape: (row: Wire) => Row): TablePage<Row> {
  const { rows, ...rest } = tableOf(listing);
  return { ...rest, ...(rows && { rows: rows.map(shape) }) };
}

/** A list that was asked for, as a table shows it. */
export function tableOf<Row>({ data, error, isFetching, refetch }: Listing<Row>): TablePage<Row> {
  return {
    ...(data && { rows: data.items ?? [] }),
    ...(data?.next && { next: data.next }),
    ...(data?.count && { count: data.count }),
    loading: isFetching,
    ...(error !== null && error !== undefined && { error: tableError(error) }),
    onRetry: () => void refetch(),
  };
}
