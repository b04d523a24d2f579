import { useCallback, useEffect, useRef, useState } from 'react';
import { api, type Schemas } from '@/api/client';
import { isProblem } from '@/api/problem';
import { useConnection } from '@/app/connection';
import type { Saving } from './SaveState';

type Writing = Schemas['RecordWriting'];

/** A draft as it stands on the server, or as it will when it is first saved. */
export interface DraftPlace {
  patient: string;
  document?: string;
  base?: number;
  id?: string;
  rev?: number;
}

export interface KeptDraft {
  saving: Saving;
  /** Absent until it was first saved. */
  id: string | undefined;
  write: (writing: Writing) => void;
  /** Keeps what stands here in the place of what was saved elsewhere. */
  overwrite: () => void;
}

const pause = 1_200;
const again = 8_000;
const unauthenticated = 401;

/**
 * Keeps writing on the server, a moment after the last letter. What could not
 * be saved stays with the page and is saved once the server answers again.
 */
export function useDraft(place: DraftPlace): KeptDraft {
  const connection = useConnection();
  const at = useRef({ id: place.id, rev: place.rev ?? 0 });
  const [id, setId] = useState(place.id);
  const [saving, setSaving] = useState<Saving>({ state: 'clean' });
  const pending = useRef<Writing>(undefined);
  const under = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { patient, document, base } = place;

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    const writing = pending.current;
    if (!writing || under.current) return;
    under.current = true;
    setSaving({ state: 'saving' });
    const { data, error, thrown } = await send({ ...at.current, patient, document, base, writing });
    under.current = false;
    if (data) {
      at.current = data;
      setId(data.id);
      const newer = pending.current !== writing;
      if (!newer) pending.current = undefined;
      setSaving(newer ? { state: 'unsaved', why: 'typing' } : { state: 'saved', at: new Date().toISOString() });
      if (newer) timer.current = setTimeout(() => void save(), pause);
      return;
    }
    const why = thrown ? 'offline' : reason(error);
    setSaving({ state: 'unsaved', why });
    if (why === 'failed' || why === 'offline') timer.current = setTimeout(() => void save(), again);
  }, [patient, document, base]);

  const write = useCallback(
    (writing: Writing) => {
      pending.current = writing;
      setSaving((before) => (before.state === 'unsaved' && before.why !== 'typing' ? before : { state: 'unsaved', why: 'typing' }));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), pause);
    },
    [save],
  );

  const overwrite = useCallback(async () => {
    const { data } = await api.GET('/api/drafts/{id}', { params: { path: { id: at.current.id ?? '' } } });
    if (!data) return;
    at.current = { id: data.id, rev: data.rev };
    await save();
  }, [save]);

  useEffect(() => {
    if (connection === 'online' && pending.current) timer.current = setTimeout(() => void save(), 0);
  }, [connection, save]);
  useEffect(() => () => clearTimeout(timer.current), []);

  return { saving, id, write, overwrite: () => void overwrite() };
}

async function send(body: Schemas['RecordDraftIn']) {
  try {
    const { data, error } = await api.POST('/api/drafts', { body });
    return { data, error, thrown: false };
  } catch (error) {
    return { data: undefined, error, thrown: true };
  }
}

function reason(error: unknown): 'expired' | 'conflict' | 'failed' {
  if (!isProblem(error)) return 'failed';
  if (error.status === unauthenticated) return 'expired';
  return error.code === 'record.changed' ? 'conflict' : 'failed';
}
