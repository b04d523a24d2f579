import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Schemas } from '@/api/client';
import { useConnection } from '@/app/connection';
import { DraftKeeper, type DraftPlace, type DraftState } from './draft-keeper';

export interface KeptDraft extends DraftState {
  write: (writing: Schemas['RecordWriting']) => void;
  overwrite: () => void;
}

/** Keeps what is written on this page as a draft on the server. */
export function useDraft(place: DraftPlace): KeptDraft {
  const connection = useConnection();
  const [keeper] = useState(() => new DraftKeeper(place));
  const state = useSyncExternalStore(keeper.subscribe, keeper.snapshot);
  useEffect(() => {
    if (connection === 'online') keeper.retry();
  }, [connection, keeper]);
  useEffect(() => () => keeper.stop(), [keeper]);
  return { ...state, write: (writing) => keeper.write(writing), overwrite: () => void keeper.overwrite() };
}
