import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';

export type Course = Schemas['OrderCourse'];
export type Conflict = Schemas['OrderConflict'];
export type Stock = Schemas['OrderStock'];
export type Feed = Schemas['OrderFeed'];
export type Rule = Schemas['OrderRule'];

/** Where something stands, in the colour that says how good that is. */
export const tones: Record<string, Tone> = {
  active: 'success',
  'on-hold': 'warning',
  stopped: 'error',
  completed: 'neutral',
  'in-stock': 'success',
  low: 'warning',
  out: 'error',
  open: 'error',
  decided: 'success',
  lapsed: 'neutral',
};

/** The worst state that any pharmacy reports; undefined where none does. */
export function worstOf(stock: Pick<Stock, 'state'>[]): Stock['state'] | undefined {
  return (['out', 'low', 'in-stock'] as const).find((state) => stock.some((one) => one.state === state));
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in its two largest units, as parts for the words to set. */
export function lengthOf(seconds: number): { key: 'minutes' | 'hours' | 'days'; count: number; rest: number } {
  if (seconds < hour) return { key: 'minutes', count: Math.max(1, Math.round(seconds / minute)), rest: 0 };
  if (seconds < day) return { key: 'hours', count: Math.floor(seconds / hour), rest: Math.floor((seconds % hour) / minute) };
  return { key: 'days', count: Math.floor(seconds / day), rest: Math.floor((seconds % day) / hour) };
}
