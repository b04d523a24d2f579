import type { Text } from '@/language/text';
import type { Instant } from '@/language/time';

/** What became of resources or messages. */
export interface Counts {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  quarantined: number;
}

export type Severity = 'warning' | 'error' | 'fatal';

/** Something about an input that a person should know. It never quotes what an element holds. */
export interface Finding {
  severity: Severity;
  rule: string;
  where?: string;
  element?: string;
  say: Text;
  remedy: Text;
}

export interface FileReport {
  id?: string;
  name: string;
  kind: 'fhir' | 'hl7v2' | 'cda' | 'unknown';
  state: 'done' | 'refused' | 'running' | 'failed';
  counts: Counts;
  findings: Finding[];
  /** Findings beyond those listed. */
  more: number;
}

/** One run of an import. */
export interface Batch {
  id: string;
  source: string;
  state: 'running' | 'done' | 'failed';
  started: Instant;
  ended?: Instant;
  files: number;
  total: Counts;
}

/** How far an import has come. */
export interface Progress {
  file: string;
  files: number;
  /** 0 while it is not known. */
  of: number;
  total: Counts;
}

/** Something that could not be taken. */
export interface Quarantined {
  id: string;
  file: string;
  state: 'waiting' | 'resolved' | 'dismissed';
  tries: number;
  at: Instant;
  where: string;
  findings: Finding[];
  size: number;
}

const weights: Record<Severity, number> = { warning: 1, error: 2, fatal: 3 };

/** The finding that weighs most, the first of its weight. */
export function worst(findings: Finding[]): Finding | undefined {
  return findings.reduce<Finding | undefined>((found, next) => (!found || weights[next.severity] > weights[found.severity] ? next : found), undefined);
}
