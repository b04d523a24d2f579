import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';

export type Feed = Schemas['FeedFeed'];
export type FeedRun = Schemas['FeedRun'];
export type FeedMapping = Schemas['FeedMapping'];
export type FeedRule = Schemas['FeedRule'];
export type Shape = Schemas['FeedShape'];
export type FieldOfShape = Schemas['FeedField'];
export type Trial = Schemas['FeedTrial'];
export type Sample = Schemas['FeedSample'];
export type Problem = Schemas['FeedProblem'];
export type FeedFinding = Schemas['FeedFinding'];
export type Connection = Schemas['FeedConnection'];

export const stateTones: Record<FeedRun['state'], Tone> = { waiting: 'info', done: 'success', stopped: 'error' };

/** Their words to ours, one in a line: 男=male. Lines that say nothing are left out. */
export function readCodes(text: string): Record<string, string> {
  const codes: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const at = line.lastIndexOf('=');
    const [theirs, ours] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    if (at > 0 && theirs !== '' && ours !== '') codes[theirs] = ours;
  }
  return codes;
}

export function writeCodes(codes: Record<string, string> | undefined): string {
  return Object.entries(codes ?? {})
    .map(([theirs, ours]) => `${theirs}=${ours}`)
    .join('\n');
}

/** What somebody has written of one field. */
export interface Written {
  columns: string[];
  constant: string;
  codes: string;
}

export function writtenOf(rule: FeedRule | undefined): Written {
  return { columns: rule?.columns ?? [], constant: rule?.constant ?? '', codes: writeCodes(rule?.codes) };
}

/** The rules of all fields of which something was written. */
export function rulesOf(written: Record<string, Written>): Record<string, FeedRule> {
  const rules: Record<string, FeedRule> = {};
  for (const [field, { columns, constant, codes }] of Object.entries(written)) {
    if (columns.length === 0 && constant.trim() === '') continue;
    const read = readCodes(codes);
    rules[field] = {
      ...(columns.length > 0 ? { columns } : { constant: constant.trim() }),
      ...(Object.keys(read).length > 0 && { codes: read }),
    };
  }
  return rules;
}
