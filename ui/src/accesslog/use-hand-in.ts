import { useRef, useState } from 'react';
import { cache } from '@/api/cache';
import { api } from '@/api/client';
import { endOfPart, partBytes, type Run } from './accesslog';

interface Sending {
  sent: number;
  of: number;
  run?: Run;
  error?: unknown;
}

/** Sends a log in parts of whole lines and has it matched. */
export function useHandIn() {
  const [sending, setSending] = useState<Sending>();
  const stop = useRef<AbortController>(undefined);

  const send = async (source: string, file: File) => {
    const abort = new AbortController();
    stop.current = abort;
    for await (const told of sendAll(source, file, abort.signal)) {
      if (!abort.signal.aborted) setSending(told);
    }
    await cache.invalidateQueries();
  };
  return { sending, send: (source: string, file: File) => void send(source, file), cancel: () => stop.current?.abort() };
}

/** Tells how far it has come after each part. It ends with the first failure. */
async function* sendAll(source: string, file: File, signal: AbortSignal): AsyncGenerator<Sending> {
  const of = file.size;
  yield { sent: 0, of };
  const begun = await api.POST('/api/access-logs/runs', { body: { source, written: new Date(file.lastModified).toISOString() }, signal });
  if (!begun.data) {
    yield { sent: 0, of, error: begun.error };
    return;
  }
  let run: Run = begun.data;
  let at = 0;
  for (let part = 0; at < of; part++) {
    const bytes = new Uint8Array(await file.slice(at, at + partBytes).arrayBuffer());
    const length = endOfPart(bytes, at + bytes.length >= of) || bytes.length;
    const sent = await sendPart(run.id, part, bytes.slice(0, length), signal);
    if (!sent.data) {
      yield { sent: at, of, run, error: sent.error };
      return;
    }
    run = sent.data;
    at += length;
    yield { sent: at, of, run };
  }
  const finished = await api.POST('/api/access-logs/runs/{id}/finish', { params: { path: { id: run.id } }, signal });
  yield { sent: of, of, run: finished.data ?? run, ...(!finished.data && { error: finished.error }) };
}

function sendPart(id: string, part: number, bytes: Uint8Array, signal: AbortSignal) {
  return api.PUT('/api/access-logs/runs/{id}/parts/{part}', {
    params: { path: { id, part } },
    body: bytes as never,
    bodySerializer: (body) => body as never,
    headers: { 'Content-Type': 'application/octet-stream' },
    signal,
  });
}
