import type { Locale } from 'antd/es/locale';
import dayjs from 'dayjs';
import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import { initReactI18next } from 'react-i18next';
import { roomWords } from './rooms';

export type Language = 'zh' | 'en';

/** What every page of a language needs: the words of the shell and of the kit. */
interface Pack {
  words: Record<string, object>;
  antdLocale: Locale;
  dayjsLocale: string;
  tag: string;
}

const storageKey = 'medward.language';
const packs = {
  zh: () => import('./zh'),
  en: () => import('./en'),
};

interface Spoken {
  language: Language;
  antdLocale: Locale | undefined;
}

let spoken: Spoken = { language: 'zh', antdLocale: undefined };
const listeners = new Set<() => void>();

void i18next.use(roomWords).use(initReactI18next).init({
  ns: [],
  defaultNS: 'app',
  initAsync: false,
  fallbackLng: false,
  interpolation: { escapeValue: false },
  returnNull: false,
});

/** Changes the page to a language, with the words of the rooms that are on it. */
export async function speak(language: Language): Promise<void> {
  const pack: Pack = (await packs[language]()).default;
  for (const [room, words] of Object.entries(pack.words)) {
    i18next.addResourceBundle(language, room, words);
  }
  dayjs.locale(pack.dayjsLocale);
  document.documentElement.lang = pack.tag;
  localStorage.setItem(storageKey, language);
  spoken = { language, antdLocale: pack.antdLocale };
  await i18next.changeLanguage(language);
  listeners.forEach((listen) => listen());
}

export function rememberedLanguage(): Language {
  const kept = localStorage.getItem(storageKey);
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
}

export function useLanguage(): Spoken {
  return useSyncExternalStore(
    (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    () => spoken,
  );
}
