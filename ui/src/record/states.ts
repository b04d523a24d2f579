import type { Schemas } from '@/api/client';
import type { DocumentState } from '@/kit/StatePill';

interface Stated {
  state: 'filed' | 'signed' | 'archived';
  version: number;
  seal?: string;
  /** A source says what it says, and nobody here has signed it. */
  reported: boolean;
}

/** What a reader must know of a document's state at once, the gravest first. */
export function statesOf({ state, version, seal, reported }: Stated): DocumentState[] {
  const states: DocumentState[] = [];
  if (seal) states.push('sealed');
  if (reported) states.push('reported');
  if (state === 'archived') states.push('archived');
  if (state === 'filed' && !reported) states.push('filed');
  if (version > 1) states.push('amended');
  return states;
}

/** Whether the version shown was made by a source and not signed here. Only a source begins what has a source. */
export function reportedOnly({ source, shown, writtenBy, signatures }: Schemas['RecordDocument']): boolean {
  if (!source) return false;
  return (shown === 1 || writtenBy === source) && (signatures ?? []).length === 0;
}
