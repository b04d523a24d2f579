import type { Schemas } from '@/api/client';

export type PasswordRules = Schemas['IdentityPasswordRules'];

/** What a new password is held to while it is typed. The lists of common and of leaked passwords only the server has. */
export interface Demand {
  key: 'length' | 'variety' | 'own';
  met: boolean;
}

const enoughDifferent = 6;
const shortestWord = 3;

/** How many kinds of characters a password mixes: upper case, lower case, digits, signs. */
export function kindsIn(password: string): number {
  return [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u].filter((kind) => kind.test(password)).length;
}

/** How many characters a text has, as the server counts them. */
const characters = (text: string) => Array.from(text).length;

/** Checks a password against the rules; own are the words that belong to the person. */
export function demands(password: string, rules: PasswordRules, own: string[]): Demand[] {
  const length = characters(password);
  const lower = password.toLowerCase();
  const words = own.filter((word) => characters(word) >= shortestWord).map((word) => word.toLowerCase());
  return [
    { key: 'length', met: length >= rules.long || (length >= rules.least && kindsIn(password) >= rules.kinds) },
    { key: 'variety', met: new Set(password).size >= enoughDifferent },
    { key: 'own', met: length > 0 && !words.some((word) => lower.includes(word)) },
  ];
}
