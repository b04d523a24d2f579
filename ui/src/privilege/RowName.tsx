import { Code } from '@/kit/Code';

/** A row by its table and its key, without the organisation with which every key begins. */
export function RowName({ table, row }: { table: string | undefined; row: string | undefined }) {
  const own = row?.split('/').slice(1).join('/') || row;
  return (
    <>
      {table} {own && <Code value={own} ends={6} />}
    </>
  );
}
