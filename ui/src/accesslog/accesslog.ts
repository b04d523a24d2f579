import type { Schemas } from '@/api/client';
import { readCodes } from '@/feed/feed';
import type { Tone } from '@/kit/tone';

export type LogSource = Schemas['AccesslogStanding'];
export type LogMapping = Schemas['AccesslogMapping'];
export type Preset = Schemas['AccesslogPreset'];
export type Run = Schemas['AccesslogRun'];
export type Reported = Schemas['AccesslogReported'];
export type Question = Schemas['AccesslogQuestion'];
export type LogFinding = Schemas['AccesslogFinding'];
export type Tried = Schemas['AccesslogTried'];
export type Trial = Schemas['AccesslogTrial'];
export type Verdict = Reported['verdict'];

/** Our fields of a line, those without which nothing can be read first. */
export const logFields = ['time', 'action', 'account', 'staff', 'patient', 'document', 'terminal', 'ip', 'outcome', 'event'] as const;

/** A mapping of which nothing was said yet. */
export const emptyMapping: LogMapping = { format: 'csv', encoding: 'auto', header: true, columns: [], fields: {}, time: 'yyyy-MM-dd HH:mm:ss', zone: '+08:00', actions: {}, failures: [], purposes: ['care'], numberedAccounts: false, sequence: false };

/** A mapping with the words that were written, and without fields of which nothing was. */
export function completed(mapping: LogMapping, actions: string): LogMapping {
  const fields = Object.fromEntries(Object.entries(mapping.fields).filter(([, path]) => path.trim() !== ''));
  return { ...mapping, fields, actions: readCodes(actions) };
}

export const verdicts: Verdict[] = ['unexplained', 'after-leaving', 'unknown-person', 'unknown-patient', 'outside-hours', 'denied', 'explained'];

export const verdictTones: Record<Verdict, Tone> = {
  explained: 'success',
  'outside-hours': 'warning',
  unexplained: 'error',
  'after-leaving': 'error',
  'unknown-person': 'error',
  'unknown-patient': 'warning',
  denied: 'neutral',
};

/** What was done, the most telling first; what was not done is left out. */
export function doneIn(row: Reported): { what: 'exports' | 'prints' | 'views' | 'searches' | 'signIns' | 'others'; count: number }[] {
  const all = (['exports', 'prints', 'views', 'searches', 'signIns', 'others'] as const).map((what) => ({ what, count: row[what] }));
  return all.filter(({ count }) => count > 0);
}

/** The most bytes of one part. */
export const partBytes = 2 << 20;
const lineEnd = 10;

/**
 * Where a part ends that begins at a byte: behind the last line end within its
 * size. A line end is no part of any other character in UTF-8 or GB18030.
 */
export function endOfPart(bytes: Uint8Array, last: boolean): number {
  if (last) return bytes.length;
  return bytes.lastIndexOf(lineEnd) + 1;
}

/** Seconds in words of a clock: 2 d 03:04:05. */
export function clockOf(seconds: number): string {
  const whole = Math.abs(Math.round(seconds));
  const days = Math.floor(whole / 86_400);
  const clock = [Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return `${seconds < 0 ? '−' : '+'}${days > 0 ? `${days} d ` : ''}${clock}`;
}
