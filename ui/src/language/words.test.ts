import { expect, it } from 'vitest';

const files = import.meta.glob<object>(['../*/words.*.json', './terms.*.json'], { eager: true, import: 'default' });

/** The words of each room in a language, by the folder and kind of its files. */
const inLanguage = (language: string) =>
  new Map(Object.entries(files).flatMap(([path, words]) => (path.endsWith(`.${language}.json`) ? [[path.replace(/\.\w+\.json$/, ''), words]] : [])));
const zh = inLanguage('zh');
const en = inLanguage('en');

/** Every key of a tree of words, with the forms of an English plural as one. */
function keys(words: object, path = ''): string[] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    const name = `${path}${key.replace(/_(one|other)$/, '')}`;
    return typeof value === 'object' && value !== null ? keys(value, `${name}.`) : [name];
  });
}

const placeholders = (text: string) => [...text.matchAll(/{{\w+}}/g)].map(([found]) => found).sort();

function texts(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : texts(value as object, `${path}${key}.`),
  );
}

const rooms = [...new Set([...zh.keys(), ...en.keys()])];
const words = (room: string) => ({ chinese: zh.get(room) ?? {}, english: en.get(room) ?? {} });

it.each(rooms)('%s says everything in both languages', (room) => {
  const { chinese, english } = words(room);
  expect([...new Set(keys(english))].sort()).toEqual([...new Set(keys(chinese))].sort());
});

it.each(rooms)('%s fills the same blanks in both languages', (room) => {
  const { chinese, english } = words(room);
  const inEnglish = new Map(texts(english));
  for (const [key, text] of texts(chinese)) {
    const same = inEnglish.get(key) ?? inEnglish.get(key.replace(/_other$/, '_one'));
    expect(placeholders(same ?? ''), key).toEqual(placeholders(text));
  }
});

it('leaves no text empty', () => {
  for (const [key, text] of Object.values(files).flatMap((room) => texts(room))) expect(text.trim(), key).not.toBe('');
});
