import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';

export type Correction = Schemas['AmendmentCorrection'];
export type CorrectionSeen = Schemas['AmendmentCorrectionSeen'];
export type CorrectionNotice = Schemas['AmendmentCorrectionNotice'];
export type Complaint = Schemas['AmendmentComplaint'];
export type Suspicion = Schemas['AmendmentSuspicion'];
export type Rule = Schemas['AmendmentRule'];
export type Saying = Schemas['AmendmentCorrectionSaying'];

/** The steps in their order; the server takes none before its turn. */
export const steps = ['document', 'wrong', 'kind', 'reason', 'value', 'effects', 'confirm', 'sign'] as const;
export type Step = (typeof steps)[number];

export const errorKinds = ['wrong-patient', 'wrong-value', 'laterality', 'identity', 'omission', 'wording', 'copied', 'other'] as const;
export const grounds = ['deceit', 'coercion', 'without-consent', 'beyond-purpose', 'other'] as const;
export const ways = ['resent', 'paper', 'phone', 'mail', 'counter', 'in-house'] as const;

/** How a state is coloured; colour never tells it alone. */
export const toneOf: Record<string, Tone> = {
  writing: 'info', asked: 'warning', approved: 'info', completed: 'success', refused: 'error', withdrawn: 'neutral', abandoned: 'neutral',
  due: 'warning', told: 'info', acknowledged: 'success', unreachable: 'error',
  brought: 'warning', quarantined: 'error', released: 'success', removed: 'error',
  open: 'warning', cleared: 'success', confirmed: 'error',
  proposed: 'warning', rejected: 'neutral',
};

/** Whether somebody goes on with a correction himself. */
export const goesOn = (one: { state: string; openedBy: string }, me: string) => one.openedBy === me && (one.state === 'writing' || one.state === 'approved');

/** Where a correction stands among its steps; one that has ended stands nowhere. */
export function placeOf({ state, next }: { state: string; next?: string }): Step | undefined {
  if (state === 'asked') return 'confirm';
  return steps.find((step) => step === next);
}

/** How many of those who were given a document have acknowledged, and how many are left. */
export function countsOf(notices: Pick<CorrectionNotice, 'state'>[]) {
  const n = (state: string) => notices.filter((one) => one.state === state).length;
  return { all: notices.length, done: n('acknowledged'), due: n('due'), gone: n('unreachable') };
}
