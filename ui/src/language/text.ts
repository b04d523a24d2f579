import { useLanguage } from './language';

/** A name or sentence that the server gives in both languages. */
export interface Text {
  zh: string;
  en: string;
}

/** Sets several words in a row, as the reader's language does. */
export function useRow(): (words: string[]) => string {
  const { language } = useLanguage();
  return (words) => words.join(language === 'zh' ? '、' : ', ');
}

/** Chooses the reader's language; where a text has only the other, that one. */
export function useText(): (text: Text | undefined) => string {
  const { language } = useLanguage();
  return (text) => text?.[language] || text?.zh || text?.en || '';
}
