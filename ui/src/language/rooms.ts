import i18next, { type BackendModule, type ResourceKey } from 'i18next';
import type { Language } from './language';

type Fetch = Record<Language, () => Promise<{ default: object }>>;

const rooms = new Map<string, Fetch>();

/** Fetches the words of one room, in the language that is spoken. */
export const roomWords: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, room, done) => {
    const came = rooms.get(room)?.[language as Language]() ?? Promise.reject(new Error(`nothing on the page needs the words of ${room}`));
    came.then(({ default: words }) => done(null, words as ResourceKey), (error: unknown) => done(error as Error, null));
  },
};

/**
 * Says that code of a room is on the page, which begins to fetch its words. The
 * build puts a call beside every `useTranslation` (build/room-words.ts).
 */
export function needWords(room: string, fetch: Fetch): void {
  if (rooms.has(room)) return;
  rooms.set(room, fetch);
  void i18next.loadNamespaces(room);
}

/** A page whose code is here early waits until it is known which language is spoken. */
const languageCame = new Promise<void>((resolve) => i18next.on('languageChanged', () => resolve()));

/** Waits for the words of every room whose code is on the page. */
export async function wordsCame(): Promise<void> {
  await languageCame;
  const needed = [...rooms.keys()];
  await i18next.loadNamespaces(needed);
  const missing = needed.filter((room) => !i18next.hasResourceBundle(i18next.language, room));
  if (missing.length > 0) throw new Error(`the words of ${missing.join(', ')} did not come`);
}
