import { render } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { useTold } from './use-told';

class Stream extends EventTarget {
  readyState = 1;
  closed = false;
  close() {
    this.closed = true;
  }
}

it('asks again when the server tells, of the patient who is shown, and lets go afterwards', () => {
  const streams: [string, Stream][] = [];
  const connect = (url: string) => {
    const stream = new Stream();
    streams.push([url, stream]);
    return stream as unknown as EventSource;
  };
  const again = vi.fn();
  function Shown({ patient }: { patient?: string }) {
    useTold(patient, again, connect);
    return null;
  }
  const { rerender, unmount } = render(<Shown />);
  expect(streams[0]?.[0]).toBe('/api/orders/events');
  streams[0]?.[1].dispatchEvent(new MessageEvent('changed', { data: '{}' }));
  expect(again).toHaveBeenCalledTimes(1);
  rerender(<Shown patient="p 1" />);
  expect(streams[0]?.[1].closed).toBe(true);
  expect(streams[1]?.[0]).toBe('/api/orders/events?patient=p%201');
  unmount();
  expect(streams[1]?.[1].closed).toBe(true);
});
