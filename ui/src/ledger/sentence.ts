import type { TFunction } from 'i18next';

/** A run of words, or the place of something that is named elsewhere. */
export type Part = { text: string } | { slot: Slot };
export type Slot = 'actor' | 'object' | 'purpose' | 'tie';

const fence = '\u0001';
const slots = Object.fromEntries((['actor', 'object', 'purpose', 'tie'] as Slot[]).map((slot) => [slot, fence + slot + fence]));

export interface Account {
  verb: string;
  outcome: 'done' | 'refused' | 'reported';
  purpose?: string;
  tie?: string;
}

/**
 * Lays an entry of the ledger out as a sentence in the language of t, with the
 * places of actor, object, purpose and ground. A verb that this version does
 * not know is named by its code.
 */
export function sentence(t: TFunction<'ledger'>, account: Account): Part[] {
  const tense = account.outcome === 'refused' ? 'asked' : 'done';
  const known: string = t(`verb.${account.verb}.${tense}` as never, { ...slots, defaultValue: '' });
  const act = known || t(`verb.unknown.${tense}`, { ...slots, verb: account.verb });
  const form = account.purpose ? 'withPurpose' : 'plain';
  const whole = t(`form.${account.outcome}.${form}`, { ...slots, act });
  const grounded = account.tie && account.tie !== 'care' && account.tie !== 'own' ? t('form.ground', { ...slots, whole }) : whole;
  return split(grounded);
}

function split(text: string): Part[] {
  return text
    .split(fence)
    .map((piece, index): Part => (index % 2 === 1 ? { slot: piece as Slot } : { text: piece }))
    .filter((part) => !('text' in part) || part.text !== '');
}
