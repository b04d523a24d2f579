import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';

export type Framed = Schemas['AccessFramed'];
export type Frame = Schemas['AccessFrame'];
export type Exception = Schemas['AccessException'];

export const exceptionTones: Record<Exception['state'], Tone> = {
  waiting: 'warning',
  approved: 'success',
  refused: 'neutral',
  returned: 'neutral',
  withdrawn: 'neutral',
  lapsed: 'neutral',
  cut: 'error',
};

/** The limits that a frame sets; what it leaves open is not among them. */
export const limits = ['verbs', 'purposes', 'forms', 'places', 'roles', 'level', 'days', 'roleDays'] as const;
export type Limit = (typeof limits)[number];

export function limitsOf(frame: Frame): Limit[] {
  return limits.filter((limit) => {
    const set = frame[limit];
    return Array.isArray(set) ? set.length > 0 : Boolean(set);
  });
}
