import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';

export type Change = Schemas['PrivilegeChange'];
export type SeenChange = Schemas['PrivilegeSeenChange'];
export type Envelope = Schemas['PrivilegeEnvelope'];
export type Checkout = Schemas['PrivilegeCheckout'];
export type PrivilegedSession = Schemas['PrivilegeSession'];
export type Recording = Schemas['PrivilegeRecording'];
export type Finding = Schemas['PrivilegeFinding'];
export type Round = Schemas['PrivilegeRound'];
export type Names = Record<string, Schemas['StaffName']>;

export const stateTones: Record<string, Tone> = {
  asked: 'warning',
  reviewed: 'warning',
  approved: 'info',
  running: 'error',
  closed: 'success',
  refused: 'neutral',
  lapsed: 'neutral',
  empty: 'neutral',
  half: 'warning',
  filled: 'success',
  used: 'warning',
  overdue: 'error',
};

export const riskTones: Record<Change['risk'], Tone> = { low: 'neutral', medium: 'warning', high: 'error' };

/** What somebody does next with a change. */
export type ChangeStep = 'review' | 'approve' | 'begin' | 'close';

/** What waits in a change, for whoever asked or for others; nothing once it has ended. */
export function nextOf(change: Change): ChangeStep | undefined {
  switch (change.state) {
    case 'asked':
      return 'review';
    case 'reviewed':
      return 'approve';
    case 'approved':
      return 'begin';
    case 'running':
      return 'close';
    default:
      return undefined;
  }
}

/** Whether the step is for whoever asked, or for somebody else. */
export function isMine(change: Change, me: string): boolean {
  const step = nextOf(change);
  const own = change.askedBy === me;
  return step === 'begin' || step === 'close' ? own : step !== undefined && !own && change.reviewedBy !== me;
}
