import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';

export interface Sort {
  key: string;
  order: 'asc' | 'desc';
}

/** What a table shows, as it stands in the address of the page. */
export interface TableAddress {
  sort: Sort | undefined;
  filters: Record<string, string>;
  cursor: string | undefined;
  limit: number;
  /** How many pages were turned to come here; unknown pages before count none. */
  turned: number;
  setSort: (sort: Sort | undefined) => void;
  setFilter: (key: string, value: string | undefined) => void;
  setFilters: (values: Record<string, string | undefined>) => void;
  clearFilters: () => void;
  setLimit: (limit: number) => void;
  next: (cursor: string) => void;
  previous: () => void;
  first: () => void;
}

export const pageSizes = [20, 50, 100, 200];
const usualLimit = 50;
/** The tab of a page is no filter of the table on it. */
const reserved = new Set(['sort', 'cursor', 'limit', 'tab']);

/**
 * Keeps sort, filters and place in the address, so that a link, a reload and
 * the back button show the same rows. Any change of what is asked goes back to
 * the first page. The cursors of the pages before are kept in the history.
 */
export function useTableAddress(): TableAddress {
  const [params] = useSearchParams();
  const location = useLocation();
  const navigate = useNavigate();
  const trail = useMemo(() => (location.state as { trail?: (string | null)[] } | null)?.trail ?? [], [location.state]);

  const go = useCallback(
    (change: (params: URLSearchParams) => void, nextTrail: (string | null)[] = []) => {
      const next = new URLSearchParams(params);
      change(next);
      void navigate({ search: next.toString() }, { state: { trail: nextTrail }, replace: nextTrail.length === 0 });
    },
    [params, navigate],
  );

  return useMemo(() => {
    const ask = (change: (params: URLSearchParams) => void) =>
      go((next) => {
        next.delete('cursor');
        change(next);
      });
    return {
      sort: readSort(params.get('sort')),
      filters: Object.fromEntries([...params].filter(([key]) => !reserved.has(key))),
      cursor: params.get('cursor') ?? undefined,
      limit: readLimit(params.get('limit')),
      turned: trail.length,
      setSort: (sort) => ask((next) => put(next, 'sort', sort && (sort.order === 'desc' ? `-${sort.key}` : sort.key))),
      setFilter: (key, value) => ask((next) => put(next, key, value)),
      setFilters: (values) => ask((next) => Object.entries(values).forEach(([key, value]) => put(next, key, value))),
      clearFilters: () => ask((next) => [...next.keys()].filter((key) => !reserved.has(key)).forEach((key) => next.delete(key))),
      setLimit: (limit) => ask((next) => put(next, 'limit', limit === usualLimit ? undefined : String(limit))),
      next: (cursor) => go((next) => next.set('cursor', cursor), [...trail, params.get('cursor')]),
      previous: () => go((next) => put(next, 'cursor', trail.at(-1) ?? undefined), trail.slice(0, -1)),
      first: () => ask(() => undefined),
    };
  }, [params, trail, go]);
}

function readSort(text: string | null): Sort | undefined {
  if (!text) return undefined;
  return text.startsWith('-') ? { key: text.slice(1), order: 'desc' } : { key: text, order: 'asc' };
}

function readLimit(text: string | null): number {
  const limit = Number(text);
  return pageSizes.includes(limit) ? limit : usualLimit;
}

function put(params: URLSearchParams, key: string, value: string | undefined): void {
  if (value) params.set(key, value);
  else params.delete(key);
}
