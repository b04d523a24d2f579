import { useQueries } from '@tanstack/react-query';
import { queries } from '@/api/client';
import type { Text } from '@/language/text';

const anHour = 60 * 60 * 1000;

/** What some people are called, by id; whoever is not known yet is absent. */
export function usePeople(ids: (string | undefined)[]): Record<string, Text> {
  const wanted = [...new Set(ids.filter((id): id is string => Boolean(id)))];
  return useQueries({
    queries: wanted.map((id) => ({ ...queries.queryOptions('get', '/api/persons/{id}', { params: { path: { id } } }), staleTime: anHour })),
    combine: (found) => Object.fromEntries(found.flatMap(({ data }) => (data ? [[data.id, data.name]] : []))),
  });
}
