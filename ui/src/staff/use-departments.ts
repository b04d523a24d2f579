import { useMemo } from 'react';
import { queries } from '@/api/client';
import type { Departments } from './departments';

const anHour = 60 * 60 * 1000;

/** What the departments are called; empty until that is known. */
export function useDepartments(): Departments {
  const { data } = queries.useQuery('get', '/api/departments', {}, { staleTime: anHour });
  return useMemo(() => Object.fromEntries((data?.items ?? []).map(({ id, name }) => [id, name])), [data]);
}
