import { QueryClient } from '@tanstack/react-query';

/**
 * What was read from the server. Reading content again is a disclosure of its
 * own, so nothing is fetched anew merely because a window came to the front.
 */
export const cache = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: 30_000, refetchOnWindowFocus: false, refetchOnReconnect: false } },
});

/** Marks the page while something is on its way, for the pointer and for whoever looks at the page from outside. */
function markWaiting(): void {
  document.documentElement.toggleAttribute('data-waiting', cache.isFetching() + cache.isMutating() > 0);
}
cache.getQueryCache().subscribe(markWaiting);
cache.getMutationCache().subscribe(markWaiting);

/** Forgets everything that one person has read, before another comes. */
export function forget(): void {
  cache.clear();
}
