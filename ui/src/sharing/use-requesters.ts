import { queries } from '@/api/client';
import type { Requester } from './case';

const lasting = { staleTime: Infinity };

/** The kinds of requester with what each must present; they change with the program only. */
export function useRequesters(): Requester[] {
  const { data } = queries.useQuery('get', '/api/sharing/kinds', {}, lasting);
  return data?.items ?? [];
}
