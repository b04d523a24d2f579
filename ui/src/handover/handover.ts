import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';

export type Handover = Schemas['HandoverCase'];
export type SeenHandover = Schemas['HandoverSeen'];
export type Part = Schemas['HandoverPart'];
export type Count = Schemas['HandoverCount'];
export type Receipt = Schemas['HandoverReceipt'];
export type Comparison = Schemas['HandoverComparison'];
export type ListedDifference = Schemas['HandoverListedDifference'];
export type Signature = Schemas['HandoverSignature'];

/** Where a handover stands, in the colour that says how good that is. */
export const tones: Record<Handover['state'], Tone> = {
  asked: 'warning',
  making: 'info',
  ready: 'info',
  released: 'info',
  differs: 'error',
  matched: 'success',
  signed: 'success',
  closed: 'success',
  stopped: 'neutral',
};

export const grounds = ['merger', 'closing', 'system', 'authority', 'rehearsal'] as const;

/** What is done to a handover by one click. */
export type Step = 'approve' | 'release' | 'supplement' | 'sign' | 'close' | 'stop' | 'again' | 'compare' | 'cancel';

/** What the reader's posts let him do to handovers at all. */
export interface Powers {
  me: string;
  decides: boolean;
  carries: boolean;
}

const fetched: Handover['state'][] = ['released', 'differs', 'matched', 'signed'];
const ended: Handover['state'][] = ['closed', 'stopped'];

/** What can be done to a handover now, by somebody. The server decides each. */
export function stepsOf(one: SeenHandover, { me, decides, carries }: Powers): Step[] {
  if (ended.includes(one.state)) return [];
  const rehearsed = one.ground === 'rehearsal' && one.state !== 'asked' && one.state !== 'making';
  if (rehearsed) return [];
  const signer = one.signatures.find(({ digest }) => digest === one.digest)?.person;
  const steps: [Step, boolean][] = [
    ['approve', decides && one.state === 'asked' && one.openedBy !== me],
    ['release', carries && one.state === 'ready'],
    ['sign', carries && one.state === 'matched'],
    ['close', decides && one.state === 'signed' && signer !== me],
    ['again', carries && one.progress?.stopped === true],
    ['cancel', carries && one.comparing !== undefined],
    ['compare', carries && one.comparing === undefined && (one.state === 'ready' || fetched.includes(one.state))],
    ['supplement', carries && fetched.includes(one.state)],
    ['stop', decides],
  ];
  return steps.filter(([, can]) => can).map(([step]) => step);
}

/** Whether the parts of an export can be fetched, and the receiver's receipt be brought. */
export const leaves = ({ ground, state }: Pick<Handover, 'ground' | 'state'>): boolean => ground !== 'rehearsal' && fetched.includes(state);

export const takesReceipt = ({ ground, state }: Pick<Handover, 'ground' | 'state'>): boolean => ground !== 'rehearsal' && (state === 'released' || state === 'differs');

/** Whether something is under way, so that the page looks again. */
export const moves = (one: Pick<SeenHandover, 'progress'> | undefined): boolean => one?.progress !== undefined && !one.progress.stopped;

const way: Handover['state'][] = ['asked', 'making', 'ready', 'released', 'matched', 'signed', 'closed'];
const tried: Handover['state'][] = ['asked', 'making', 'matched'];

/** The stations of a handover, or of a rehearsal, and how far it has come. */
export function stations({ ground, state }: Pick<Handover, 'ground' | 'state'>): { key: Handover['state']; state: 'done' | 'current' | 'waiting' | 'failed' }[] {
  const all = ground === 'rehearsal' ? tried : way;
  const at = all.indexOf(state === 'differs' ? 'matched' : state);
  const over = state === 'closed' || (ground === 'rehearsal' && state === 'matched');
  return all.map((key, place) => {
    if (state === 'differs' && place === at) return { key, state: 'failed' };
    if (place < at || (over && place === at)) return { key, state: 'done' };
    return { key, state: place === at ? 'current' : 'waiting' };
  });
}

/** The receipt of a receiver, as its file holds it; undefined where it is none. */
export function receiptOf(file: string): { receipt: string; signature: string } | undefined {
  let read: unknown;
  try {
    read = JSON.parse(file);
  } catch {
    return undefined;
  }
  if (typeof read !== 'object' || read === null) return undefined;
  const { receipt, signature } = read as Record<string, unknown>;
  return typeof receipt === 'string' && receipt !== '' && typeof signature === 'string' && signature !== '' ? { receipt, signature } : undefined;
}
