import type { Tone } from './tone';

/**
 * Calm until a third of the time is left, then amber; red in the last twelfth
 * and once the time is over. Without a known start only the last day is amber
 * and the last two hours are red. Times are milliseconds since 1970.
 */
export function clockTone(now: number, deadline: number, start?: number): Extract<Tone, 'neutral' | 'warning' | 'error'> {
  const left = deadline - now;
  const whole = start === undefined ? 24 * 3_600_000 * 3 : deadline - start;
  const red = start === undefined ? 2 * 3_600_000 : whole / 12;
  if (left <= red) return 'error';
  return left <= whole / 3 ? 'warning' : 'neutral';
}
