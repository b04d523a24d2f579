import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';

export type Promised = Schemas['StaffPromise'];
export type Undertaking = Schemas['StaffUndertaking'];

export const promiseTones: Record<Promised['state'], Tone> = { kept: 'success', due: 'warning', lapsed: 'error' };

/** What is still to be signed, what has lapsed first. */
export const unsigned = (all: Promised[]): Promised[] => all.filter(({ state }) => state !== 'kept').sort((a, b) => b.state.localeCompare(a.state));
