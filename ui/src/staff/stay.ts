import type { Schemas } from '@/api/client';

export type Stay = Schemas['StaffStay'];

interface Nature {
  /** Somebody answers for it. */
  sponsored?: boolean;
  /** It is of a vendor's people. */
  vendor?: boolean;
  /** The person is elsewhere meanwhile and gets no post here. */
  away?: boolean;
  /** The roles it brings, the usual one first; any where absent. */
  roles?: string[];
  /** The longest it may last, in days. */
  longest: number;
}

const year = 366;
const learners = ['resident', 'nurse', 'technician', 'pharmacist'];

/** What a kind of stay asks for; the server holds to the same. */
export const natures = {
  joining: { longest: year },
  training: { longest: 4 * year, sponsored: true, roles: ['resident'] },
  rotation: { longest: year, sponsored: true, roles: learners },
  rural: { longest: 2 * year, away: true },
  support: { longest: 2 * year, away: true },
  study: { longest: 2 * year, away: true },
  guest: { longest: 2 * year, sponsored: true, roles: learners },
  internship: { longest: 2 * year, sponsored: true, roles: ['student'] },
  transfer: { longest: 5 * year },
  leave: { longest: 2 * year, away: true },
  vendor: { longest: year, sponsored: true, vendor: true, roles: ['vendor-engineer'] },
  outsourced: { longest: year, sponsored: true },
  outside: { longest: year, sponsored: true, roles: ['researcher'] },
  reappointed: { longest: 2 * year },
} satisfies Record<string, Nature>;

export type StayKind = keyof typeof natures;

export const stayKinds = Object.keys(natures) as StayKind[];

export const natureOf = (kind: StayKind): Nature => natures[kind];

export type StayState = 'coming' | 'live' | 'over';

/** Whether a stay is to come, counts now or is over. */
export function stayState(stay: Stay, now: number): StayState {
  if (stay.live) return 'live';
  return Date.parse(stay.since) > now ? 'coming' : 'over';
}
