import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';

export type Due = Schemas['DeadlineDeadline'];
export type OfEncounter = Schemas['DeadlineEncounterDeadlines'];
export type RequirementSet = Schemas['DeadlineRequirementSet'];
export type Requirement = Schemas['DeadlineRequirement'];
export type Counted = Schemas['DeadlineDeadlineCount'];

/** The boxes of a list. */
export const boxes = ['open', 'overdue', 'soon', 'paused', 'unexplained', 'late', 'backdated', 'unsigned', 'on-time'] as const;
export type Box = (typeof boxes)[number];

export const choices = ['emergency', 'waiting', 'handover', 'system', 'forgotten', 'other'] as const;
export const causes = ['pathology', 'result', 'sealed', 'other'] as const;
export const levels = ['stable', 'serious', 'critical'] as const;
export const gaps = ['no-author', 'no-time', 'signed-elsewhere'] as const;

export const isBox = (text: string | undefined): text is Box => boxes.some((box) => box === text);

/** What is to be said of a limit first. */
export type Standing = 'paused' | 'overdue' | 'open' | 'late' | 'backdated' | 'met';

export function standingOf({ state, paused, overdue, late, backdated }: Pick<Due, 'state' | 'paused' | 'overdue' | 'late' | 'backdated'>): Standing {
  if (state === 'open') return paused ? 'paused' : overdue ? 'overdue' : 'open';
  return late ? 'late' : backdated ? 'backdated' : 'met';
}

export const tones: Record<Standing, Tone> = { paused: 'neutral', overdue: 'error', open: 'warning', late: 'error', backdated: 'warning', met: 'success' };

/** What was written in time of what was due, by requirement, the worst first. */
export interface Rate {
  requirement: string;
  due: number;
  onTime: number;
  late: number;
  missing: number;
  rate: number;
}

/** Adds the months up; department and month are left out where they are not chosen. */
export function ratesOf(rows: Counted[], department?: string, month?: number): Rate[] {
  const by = new Map<string, Rate>();
  for (const row of rows) {
    if (department && row.department !== department) continue;
    if (month && row.month !== month) continue;
    const sum = by.get(row.requirement) ?? { requirement: row.requirement, due: 0, onTime: 0, late: 0, missing: 0, rate: 0 };
    sum.due += row.due;
    sum.onTime += row.onTime;
    sum.late += row.late;
    sum.missing += row.missing;
    by.set(row.requirement, sum);
  }
  const all = [...by.values()].map((sum) => ({ ...sum, rate: sum.due ? sum.onTime / sum.due : 1 }));
  return all.sort((a, b) => a.rate - b.rate || b.due - a.due);
}

/** A rate in per cent, never rounded up to a whole that it is not. */
export const percent = (rate: number) => `${(Math.floor(rate * 1000) / 10).toFixed(1)}%`;
