import type { Problem } from '@/api/client';
import type { Way } from '@/kit/Why';
import type { Text } from '@/language/text';

/** What a refused person is told: the `extra` of the problem `act.refused`. */
export interface Refusal {
  conditions: { name: string; met: boolean; text: Text; remedy: Text; rule?: string }[];
  way: Way;
  object: string;
  id: string;
  patient?: string;
}

/** The refusal in a problem document, if it is one. */
export function refusalOf(problem: Problem): Refusal | undefined {
  return problem.code === 'act.refused' && problem.extra ? (problem.extra as Refusal) : undefined;
}
