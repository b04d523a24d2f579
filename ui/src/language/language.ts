import type { Locale } from 'antd/es/locale';
import dayjs from 'dayjs';
import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import { initReactI18next } from 'react-i18next';

export type Language = 'zh' | 'en';

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

void i18next.use(initReactI18next).init({
  resources: {},
  defaultNS: 'app',
  lng: 'zh',
  fallbackLng: false,
  interpolation: { escapeValue: false },
  returnNull: false,
});

/** Loads a language whole and changes the page to it. */
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
