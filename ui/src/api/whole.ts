import { useEffect } from 'react';

/** How a list is followed from page to page. */
export const onwards = {
  pageParamName: 'cursor',
  initialPageParam: '',
  getNextPageParam: (page: { next?: string }) => page.next,
};

/** The most rows that one request may ask for. */
export const most = 200;

interface Followed<Row> {
  data: { pages: { items: Row[] | null }[] } | undefined;
  hasNextPage: boolean;
  isFetching: boolean;
  isError: boolean;
  fetchNextPage: () => unknown;
}

/** Follows a list to its end, for a screen that shows the whole of it; undefined before the first page. */
export function useWhole<Row>({ data, hasNextPage, isFetching, isError, fetchNextPage }: Followed<Row>): Row[] | undefined {
  const goesOn = hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (goesOn) void fetchNextPage();
  }, [goesOn, fetchNextPage]);
  return data?.pages.flatMap(({ items }) => items ?? []);
}
