import { useQueries } from '@tanstack/react-query';
import { queries } from '@/api/client';
import { useText } from '@/language/text';

const anHour = 60 * 60 * 1000;

/** What people are called whom an answer names by id only; the id until that is known. */
export function useNames(ids: string[]): (id: string) => string {
  const text = useText();
  const wanted = [...new Set(ids)];
  const found = useQueries({
    queries: wanted.map((id) => ({ ...queries.queryOptions('get', '/api/persons/{id}', { params: { path: { id } } }), staleTime: anHour })),
  });
  const names = new Map(found.map(({ data }, index) => [wanted[index], data]));
  return (id) => text(names.get(id)?.name) || '…';
}
