import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';

export type Use = Schemas['DecideUse'];
export type State = Use['state'];

export const states = ['waiting', 'explained', 'accepted', 'raised'] as const satisfies State[];

export const tones: Record<State, Tone> = { waiting: 'warning', explained: 'success', accepted: 'neutral', raised: 'error' };

/** The state that an address names; what waits where it names none. */
export const stateIn = (named: string | undefined): State => states.find((state) => state === named) ?? 'waiting';

/** Whether somebody may say what became of a use: never of his own. */
export const settles = ({ state, person }: Use, me: string): boolean => state === 'waiting' && person !== me;
