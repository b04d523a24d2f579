import { isProblem } from '@/api/problem';

const wanted = 'identity.code-needed';
const wrong = new Set(['identity.code-wrong', 'identity.code-used']);

/** Whether the password was right and a code is wanted too. */
export function wantsCode(error: unknown): boolean {
  return isProblem(error) && (error.code === wanted || wrong.has(error.code));
}

/** What to say about an attempt to sign in: that a code is wanted is no fault. */
export function faultOf(error: unknown): unknown {
  return isProblem(error) && error.code === wanted ? undefined : error;
}
