import { useMemo } from 'react';
import { queries } from '@/api/client';
import type { Text } from '@/language/text';

/** What the lists that can leave are called, by id. */
export function useLists(): Record<string, Text> {
  const { data } = queries.useQuery('get', '/api/output/lists', {}, { staleTime: Infinity });
  return useMemo(() => Object.fromEntries((data?.items ?? []).map(({ id, name }) => [id, name])), [data]);
}
