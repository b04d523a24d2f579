import { useEffect, useEffectEvent } from 'react';
import { somebodyIsHere } from '@/duty/presence';
import { minute } from '@/language/time';

const openStream = (url: string) => new EventSource(url);

/** Asks again whenever the server tells that something has changed, and now and then while it tells nothing. */
export function useTold(patient: string | undefined, again: () => void, connect = openStream): void {
  const changed = useEffectEvent(again);
  useEffect(() => {
    let source: EventSource;
    const listen = () => {
      source = connect(`/api/orders/events${patient ? `?patient=${encodeURIComponent(patient)}` : ''}`);
      source.addEventListener('changed', () => changed());
    };
    listen();
    const timer = setInterval(() => {
      if (source.readyState !== EventSource.CLOSED || !somebodyIsHere()) return;
      source.close();
      listen();
      changed();
    }, minute);
    return () => {
      clearInterval(timer);
      source.close();
    };
  }, [patient, connect]);
}
