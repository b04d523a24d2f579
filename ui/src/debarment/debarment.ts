import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';

export type Debarment = Schemas['Debarment'];
export type Writing = Schemas['DebarmentWriting'];
export type Hit = Schemas['DebarmentHit'];
export type Traced = Schemas['DebarmentTraced'];
export type Names = Record<string, Schemas['StaffName']>;

/** Where something stands, in the colour that says how good that is. */
export const tones: Record<string, Tone> = {
  proposed: 'warning',
  changing: 'warning',
  held: 'error',
  overdue: 'error',
  over: 'neutral',
  declined: 'neutral',
  ended: 'neutral',
  refused: 'error',
  asked: 'warning',
  another: 'success',
  same: 'error',
  noted: 'neutral',
};

/** What a debarment is now: one that waits for a change, whose review was missed or whose time is over says so. */
export function standing({ state, active, overdue, wanted }: Pick<Debarment, 'state' | 'active' | 'overdue' | 'wanted'>): string {
  if (state !== 'held') return state;
  if (wanted) return 'changing';
  if (overdue) return 'overdue';
  return active ? 'held' : 'over';
}

/** What can be said of a hit: by number it is certain, by name a person tells. */
export const verdicts = ({ state }: Pick<Hit, 'state'>): ('another' | 'same' | 'noted')[] =>
  state === 'asked' ? ['another', 'same'] : state === 'refused' ? ['noted'] : [];

/** Where the party lies that was let in before, to be ended there by a person. */
export function placeOf({ verb, about }: Pick<Hit, 'verb' | 'about'>): string | undefined {
  if (verb !== 'standing') return undefined;
  const [kind] = about.split(':', 1);
  return { recipient: '/recipients', vendor: '/vendors', partner: '/exchange', staff: '/staff' }[kind ?? ''];
}

/** The room of what was tried, for the words of it. */
export const kindOfAbout = (about: string): string => about.split(':', 1)[0] ?? '';

/** What a traced copy already says of whoever is to be barred. */
export function proposalFrom({ id, serial, to, numbers, resolved, person, names }: Traced): Partial<Writing> {
  const took = names[person];
  return {
    traced: id,
    kind: resolved ?? 'person',
    reason: 'leaked',
    name: to[0] ?? took?.zh ?? '',
    ...(to.length === 1 && numbers.length === 1 && numbers[0] !== undefined ? { number: numbers[0] } : {}),
    ...(to.length === 0 ? { person } : {}),
    evidence: [{ what: serial }],
  };
}
