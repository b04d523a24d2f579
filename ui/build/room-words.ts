import type { Plugin } from 'vite';

const asking = /\buseTranslation\('([\w-]+)'\)/g;
const prefix = 'virtual:words/';
/** These come with the language itself. */
const withTheLanguage = ['app', 'kit', 'terms'];

/**
 * Lets the words of a room come with its code: a file that says
 * `useTranslation('seal')` fetches src/seal/words.zh.json or words.en.json,
 * whichever is spoken, as soon as it is on the page.
 */
export function roomWords(): Plugin {
  return {
    name: 'medward-room-words',
    enforce: 'pre',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load: (id) => (fetchesWords(id) ? asker(id.slice(prefix.length + 1)) : undefined),
    transform: (code, id) => (/\/src\/.*\.tsx?$/.test(id) ? withWords(code) : undefined),
  };
}

/** Whether a part of the build fetches the words of a room: it must not be where it is not asked for. */
export const fetchesWords = (id: string) => id.startsWith(`\0${prefix}`);

/** A file with what fetches the words that it uses; undefined when it uses none of a room. */
export function withWords(code: string): { code: string; map: null } | undefined {
  const rooms = new Set([...code.matchAll(asking)].map(([, room]) => room ?? ''));
  withTheLanguage.forEach((room) => rooms.delete(room));
  if (rooms.size === 0) return undefined;
  // At the end, so that the lines above keep their numbers.
  return { code: code + [...rooms].map((room) => `\nimport '${prefix}${room}';`).join(''), map: null };
}

const asker = (room: string) => `
import { needWords } from '@/language/rooms';
needWords('${room}', {
  zh: () => import('@/${room}/words.zh.json'),
  en: () => import('@/${room}/words.en.json'),
});
`;
