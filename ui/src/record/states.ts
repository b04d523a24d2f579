import type { DocumentState } from '@/kit/StatePill';

interface Stated {
  state: 'filed' | 'signed' | 'archived';
  version: number;
  seal?: string;
  source?: string;
}

/** What a reader must know of a document's state at once, the gravest first. */
export function statesOf({ state, version, seal, source }: Stated): DocumentState[] {
  const states: DocumentState[] = [];
  if (seal) states.push('sealed');
  if (source && state === 'filed') states.push('reported');
  if (state === 'archived') states.push('archived');
  if (state === 'filed' && !source) states.push('filed');
  if (version > 1) states.push('amended');
  return states;
}
