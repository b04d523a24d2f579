import { useRef, useState } from 'react';
import { cache } from '@/api/cache';
import { api } from '@/api/client';
import type { Batch, Counts, FileReport, Progress } from './report';
import { reportOf } from './wire';

/** How much is sent at once; more would be more than one request may hold. */
const chunkBytes = 32 << 20;
const nothing: Counts = { read: 0, created: 0, updated: 0, unchanged: 0, quarantined: 0 };

interface Running {
  progress?: Progress;
  report?: { batch: Batch; files: FileReport[] };
  error?: unknown;
}

/** Sends files a few at a time, and gathers what became of them. */
export function useImport(source: string) {
  const [running, setRunning] = useState<Running>({});
  const stop = useRef<AbortController>(undefined);

  const run = async (files: File[]) => {
    const abort = new AbortController();
    stop.current = abort;
    const started = new Date().toISOString();
    const done: FileReport[] = [];
    let total = nothing;
    let batch = '';
    for (const chunk of chunksOf(files)) {
      setRunning({ progress: { file: chunk[0]?.name ?? '', files: done.length, of: files.length, total } });
      const sent = await send(source, chunk, abort.signal);
      if (!sent.data) {
        setRunning({ ...(done.length > 0 && { report: gathered('failed') }), ...(!abort.signal.aborted && { error: sent.error }) });
        await cache.invalidateQueries();
        return;
      }
      batch = sent.data.batch;
      done.push(...(sent.data.files ?? []).map(reportOf));
      total = add(total, sent.data.total);
    }
    setRunning({ report: gathered('done') });
    await cache.invalidateQueries();

    function gathered(state: Batch['state']) {
      return { batch: { id: batch, source, state, started, ended: new Date().toISOString(), files: done.length, total }, files: done };
    }
  };
  return { ...running, run: (files: File[]) => void run(files), cancel: () => stop.current?.abort(), show: setRunning };
}

async function send(source: string, files: File[], signal: AbortSignal) {
  const form = new FormData();
  for (const file of files) form.append('file', file, file.name);
  try {
    return await api.POST('/api/import', { params: { query: { source } }, body: form as never, bodySerializer: (body) => body as never, signal });
  } catch (error) {
    return { data: undefined, error };
  }
}

function chunksOf(files: File[]): File[][] {
  const chunks: File[][] = [];
  let room = 0;
  for (const file of files) {
    if (file.size > room || chunks.length === 0) {
      chunks.push([]);
      room = chunkBytes;
    }
    chunks.at(-1)?.push(file);
    room -= file.size;
  }
  return chunks;
}

function add(a: Counts, b: Counts): Counts {
  return {
    read: a.read + b.read,
    created: a.created + b.created,
    updated: a.updated + b.updated,
    unchanged: a.unchanged + b.unchanged,
    quarantined: a.quarantined + b.quarantined,
  };
}
