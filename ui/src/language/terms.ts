import { useTranslation } from 'react-i18next';
import type terms from './terms.zh.json';

export type Term = keyof typeof terms;

/**
 * Turns a code of the glossary (a role, a purpose, a document kind…) into the
 * reader's words. A code that this version does not know is shown as it is.
 */
export function useTerm(): (term: Term, code: string) => string {
  const { t } = useTranslation('terms');
  return (term, code) => t(`${term}.${code}` as never, { defaultValue: code });
}
