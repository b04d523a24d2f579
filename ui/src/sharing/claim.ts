import type { Schemas } from '@/api/client';
import type { Session } from '@/app/session';
import type { Tone } from '@/kit/tone';

export type ClaimTask = Schemas['SharingClaimTask'];
export type SeenClaims = Schemas['SharingSeenClaims'];
export type ClaimField = Schemas['SharingClaimField'];
export type ClaimExport = Schemas['SharingClaimExport'];
export type ClaimFile = Schemas['SharingClaimFile'];

export const claimTones: Record<string, Tone> = { asked: 'warning', approved: 'info', open: 'success', over: 'neutral', ended: 'neutral' };

/** What a task is now: one that is approved is open only in its time. */
export function standingOf({ state, open, until }: Pick<ClaimTask, 'state' | 'open' | 'until'>, now: number): string {
  if (state !== 'approved') return state;
  return open ? 'open' : new Date(until).getTime() <= now ? 'over' : 'approved';
}

/** The fields that a task of a kind has without being asked for. */
export const minimum = (fields: ClaimField[], kind: string): ClaimField[] => fields.filter(({ kinds }) => kinds?.includes(kind));

/** The fields that must be asked for one by one. */
export const beyond = (fields: ClaimField[], kind: string): ClaimField[] => fields.filter(({ kinds }) => !kinds?.includes(kind));

/** Lines of a number and an encounter, as they come from a bill or a sheet; undefined where a line is something else. */
export function claimsOf(pasted: string): { number: string; encounter: string }[] | undefined {
  const lines = pasted
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => line.split(/[\s,，;；]+/));
  return lines.every((parts) => parts.length === 2) ? lines.map(([number = '', encounter = '']) => ({ number, encounter })) : undefined;
}

type Me = Pick<Session, 'person' | 'roles' | 'purpose' | 'purposes'>;

const seers = [
  { roles: ['insurance-office'], purposes: ['insurance'] },
  { roles: ['medical-affairs', 'president'], purposes: ['management'] },
  { roles: ['auditor', 'discipline'], purposes: ['supervision'] },
];

/** The purposes, among those that one may choose, in which claim tasks can be seen. */
export function purposesForClaims({ roles, purposes }: Pick<Me, 'roles' | 'purposes'>): string[] {
  const fitting = seers.filter((seer) => seer.roles.some((role) => roles.includes(role))).flatMap((seer) => seer.purposes);
  return purposes.map(({ id }) => id).filter((id) => fitting.includes(id));
}

/** Whether somebody may decide on a task that waits: neither who asked nor who will read. */
export function decides({ state, askedBy, reviewer }: ClaimTask, { person, roles, purpose }: Me): boolean {
  return state === 'asked' && purpose === 'management' && ['medical-affairs', 'president'].some((role) => roles.includes(role)) && person !== askedBy && person !== reviewer;
}

/** Whether somebody reads and exports the rows now. */
export const reads = ({ open, reviewer }: ClaimTask, { person, purpose }: Me): boolean => open && person === reviewer && purpose === 'insurance';

/** Whether somebody may end a task: who asked for it, or an office that approves. */
export const ends = ({ state, askedBy }: ClaimTask, { person, roles, purpose }: Me): boolean =>
  state !== 'ended' && ((person === askedBy && purpose === 'insurance') || (purpose === 'management' && ['medical-affairs', 'president'].some((role) => roles.includes(role))));
