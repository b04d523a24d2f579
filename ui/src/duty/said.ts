import type { Instant } from '@/language/time';
import type { Verb } from './task';

/** What somebody says with an act upon a task. */
export interface Said {
  words?: string;
  person?: string | undefined;
  until?: Instant | undefined;
  grant?: boolean;
}

/** Which acts ask for words, and which of them cannot do without. */
export const wordsOf: Partial<Record<Verb, 'must' | 'may'>> = {
  done: 'may',
  return: 'must',
  delegate: 'may',
  'ask-extension': 'must',
  'grant-extension': 'may',
  pause: 'must',
  cancel: 'must',
};

export type Missing = 'words' | 'person' | 'until';

/** What is still missing before an act can be sent. */
export function missing(verb: Verb, said: Said): Missing[] {
  const lacks: Missing[] = [];
  if (wordsOf[verb] === 'must' && !said.words?.trim()) lacks.push('words');
  if (verb === 'delegate' && !said.person) lacks.push('person');
  if (verb === 'ask-extension' && !said.until) lacks.push('until');
  return lacks;
}
