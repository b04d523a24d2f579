import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';

export type Source = Schemas['Source'];
export type SeenSource = Schemas['SourceSeen'];
export type Agreement = Schemas['SourceAgreement'];
export type SourceKey = Schemas['SourceKey'];
export type Day = Schemas['SourceDay'];
export type Choices = Schemas['SourceChoices'];
export type Names = Record<string, Schemas['StaffName']>;

export const stateTones: Record<string, Tone> = {
  draft: 'neutral',
  approved: 'info',
  live: 'success',
  suspended: 'warning',
  ended: 'neutral',
  signed: 'warning',
  'in-force': 'success',
  returned: 'error',
  replaced: 'neutral',
};

/** What is amiss with a source that should be at work, the worst first. */
export type Amiss = 'silent' | 'adrift' | 'quarantine' | 'refused' | 'keyless';

const oneInTwenty = 20;

/** Ways of being connected in which we read, so that the source needs no key. */
const readByUs = ['sql-view', 'drop-folder', 'cda-folder'];

export function amissWith(source: Source): Amiss[] {
  const { health } = source;
  if (!source.active || source.byHand) return [];
  const found: Amiss[] = [];
  if (source.silent) found.push('silent');
  if (health.adrift) found.push('adrift');
  if (health.quarantined * oneInTwenty > health.received) found.push('quarantine');
  if (health.refused * oneInTwenty > health.calls + health.refused) found.push('refused');
  if (source.keys === 0 && health.calls === 0 && source.kinds?.some((kind) => !readByUs.includes(kind))) found.push('keyless');
  return found;
}

/** How many of a hundred; a dash when there are none. */
export function share(part: number, whole: number): string {
  if (whole === 0) return '–';
  const percent = (part * 100) / whole;
  return `${percent === 100 || percent === 0 ? percent : percent.toFixed(1)}%`;
}

/** Days from the oldest to the newest, so that a chart reads from left to right. */
export function inOrder(days: Day[] | null | undefined): Day[] {
  return [...(days ?? [])].reverse();
}

/** The agreement that waits for somebody's answer. */
export function waitingOf(source: SeenSource): Agreement | undefined {
  return source.agreements?.find(({ state }) => state === 'signed');
}
