import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { act, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { cache } from '@/api/cache';
import { useWaitsToldBy } from '@/duty/use-waits';
import { renderAt } from '@/testing/render';
import { useEnded } from './use-ended';

/** A stream that the test speaks on. */
class Stream extends EventTarget {
  readyState = 1;
  close = vi.fn();
  say(event: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data) }));
  }
}

function Page({ stream, read }: { stream: Stream; read: () => Promise<string> }) {
  useWaitsToldBy(() => stream as unknown as EventSource, true, useEnded());
  const { data, error } = useQuery({ queryKey: ['get', '/api/patients/{id}', { params: { path: { id: 'p-1' } } }], queryFn: read });
  const other = useQuery({ queryKey: ['get', '/api/patients/{id}', { params: { path: { id: 'p-2' } } }], queryFn: () => Promise.resolve('other content') });
  return (
    <>
      <p>{error ? 'refused' : (data ?? 'empty')}</p>
      <p>{other.data}</p>
    </>
  );
}

afterEach(() => cache.clear());

it('takes off the screen what an ended right opened, says why, and leaves other patients alone', async () => {
  const stream = new Stream();
  let answer = () => Promise.resolve('content');
  const read = vi.fn(() => answer());
  renderAt(
    '/patients/p-1',
    <QueryClientProvider client={cache}>
      <Page stream={stream} read={read} />
    </QueryClientProvider>,
  );
  expect(await screen.findByText('content')).toBeVisible();
  expect(await screen.findByText('other content')).toBeVisible();
  let refuse: (why: Error) => void = vi.fn();
  answer = () =>
    new Promise<string>((...settled) => {
      refuse = settled[1];
    });
  act(() => stream.say('ended', { kind: 'glass', patient: 'p-1', at: '2026-03-02T00:00:00Z' }));
  expect(await screen.findByText('empty')).toBeVisible();
  expect(screen.queryByText('content')).not.toBeInTheDocument();
  expect(await screen.findByText('您的紧急调阅已结束')).toBeVisible();
  act(() => refuse(new Error('refused')));
  expect(await screen.findByText('refused')).toBeVisible();
  expect(screen.getByText('other content')).toBeVisible();
});

it('empties every page when the account was ended', async () => {
  const stream = new Stream();
  let answer = () => Promise.resolve('content');
  renderAt(
    '/patients/p-1',
    <QueryClientProvider client={cache}>
      <Page stream={stream} read={() => answer()} />
    </QueryClientProvider>,
  );
  expect(await screen.findByText('content')).toBeVisible();
  answer = () => new Promise<string>(vi.fn());
  act(() => stream.say('ended', { kind: 'account', at: '2026-03-02T00:00:00Z' }));
  expect(await screen.findByText('empty')).toBeVisible();
  expect(await screen.findByText('您的账号已结束')).toBeVisible();
});
