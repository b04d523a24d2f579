import { day, hour } from '@/language/time';
import type { Tone } from './tone';

/**
 * Calm until a third of the time is left, then amber; red in the last twelfth,
 * of long times in the last day, and once the time is over. Without a known
 * start the last day is amber and the last two hours are red. Times are
 * milliseconds since 1970.
 */
export function clockTone(now: number, deadline: number, start?: number): Extract<Tone, 'neutral' | 'warning' | 'error'> {
  const left = deadline - now;
  const [amber, red] = start === undefined ? [day, 2 * hour] : [(deadline - start) / 3, Math.min((deadline - start) / 12, day)];
  if (left <= red) return 'error';
  return left <= amber ? 'warning' : 'neutral';
}
