import { cache } from '@/api/cache';

/** Asks again about outputs, and about nothing else: reading a record again would be a disclosure of its own. */
export function outputsChanged(): Promise<void> {
  return cache.invalidateQueries({ predicate: ({ queryKey: [, path] }) => typeof path === 'string' && path.startsWith('/api/output/') });
}
