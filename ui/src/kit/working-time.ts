import { hour } from '@/language/time';

/** How long a working day counts, as the server reckons it. */
export const workingDay = 8 * hour;

/** How long a limit such as 5wd or 8wh is, in milliseconds of working time; undefined for limits by the clock. */
export function workingLimit(limit: string | undefined): number | undefined {
  const [, count, unit] = /^(\d+)(wd|wh)$/.exec(limit ?? '') ?? [];
  if (count === undefined) return undefined;
  return Number(count) * (unit === 'wd' ? workingDay : hour);
}

/** Calm until a third of the working time is left, then amber; red in the last twelfth. Both in milliseconds. */
export function workingTone(left: number, limit: number): 'neutral' | 'warning' | 'error' {
  if (left <= limit / 12) return 'error';
  return left < limit / 3 ? 'warning' : 'neutral';
}
