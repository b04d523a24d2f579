import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';

export type AccountSystem = Schemas['SysaccountStanding'];
export type AccountRow = Schemas['SysaccountRow'];
export type AccountIssue = Schemas['SysaccountIssue'];
export type SystemRole = Schemas['SysaccountRole'];
export type Taking = Schemas['SysaccountTaking'];

export const issueStates: AccountIssue['state'][] = ['open', 'to-close', 'confirmed', 'closed'];

export const groupTones: Record<AccountIssue['group'], Tone> = { red: 'error', right: 'warning', tidy: 'info' };

/** How long something has lasted, in whole hours. */
export function hoursFrom(since: string, until: string | undefined, now: Date): number {
  const end = until ? new Date(until) : now;
  return Math.max(0, Math.floor((end.getTime() - new Date(since).getTime()) / 3_600_000));
}
