import { QueryClient } from '@tanstack/react-query';

/**
 * What was read from the server. Reading content again is a disclosure of its
 * own, so nothing is fetched anew merely because a window came to the front.
 */
export const cache = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: 30_000, refetchOnWindowFocus: false, refetchOnReconnect: false } },
});

/** Forgets everything that one person has read, before another comes. */
export function forget(): void {
  cache.clear();
}
