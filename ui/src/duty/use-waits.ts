import { useEffect, useEffectEvent } from 'react';
import type { Ended } from '@/access/close-what-ended';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { minute } from '@/language/time';
import { somebodyIsHere } from './presence';
import type { Waits } from './waits';

const counting = queries.queryOptions('get', '/api/duty/count', {});

/** How much waits for me; undefined until that is known, or where it may not be asked. */
export function useWaits(asked = true): Waits | undefined {
  return queries.useQuery('get', '/api/duty/count', {}, { enabled: asked, staleTime: Infinity }).data;
}

/**
 * Keeps the count true by what the server tells, or by asking now and then while it tells
 * nothing; passes on what the server says has ended.
 */
export function useWaitsToldBy(connect: (url: string) => EventSource, asked: boolean, onEnded: (what: Ended) => void): void {
  const ended = useEffectEvent(onEnded);
  useEffect(() => {
    if (!asked) return;
    let source: EventSource | undefined;
    const listen = () => {
      source = connect('/api/duty/events');
      source.addEventListener('waiting', (event) => take(JSON.parse((event as MessageEvent<string>).data) as Waits));
      source.addEventListener('ended', (event) => ended(JSON.parse((event as MessageEvent<string>).data) as Ended));
    };
    listen();
    const timer = setInterval(() => {
      if (source?.readyState !== EventSource.CLOSED || !somebodyIsHere()) return;
      source.close();
      listen();
      void cache.invalidateQueries({ queryKey: counting.queryKey });
    }, minute);
    return () => {
      clearInterval(timer);
      source?.close();
    };
  }, [connect, asked]);
}

function take(now: Waits): void {
  const before = cache.getQueryData<Waits>(counting.queryKey);
  cache.setQueryData(counting.queryKey, now);
  if (before?.todo === now.todo && before.late === now.late) return;
  void cache.invalidateQueries({ queryKey: ['get', '/api/duty/inbox'], refetchType: somebodyIsHere() ? 'active' : 'none' });
}
