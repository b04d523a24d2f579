import { expect, it } from 'vitest';
import en from './en';
import zh from './zh';

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

const rooms = Object.keys(zh.words) as (keyof typeof zh.words)[];

it.each(rooms)('room %s says everything in both languages', (room) => {
  expect([...new Set(keys(en.words[room]))].sort()).toEqual([...new Set(keys(zh.words[room]))].sort());
});

it.each(rooms)('room %s fills the same blanks in both languages', (room) => {
  const english = new Map(texts(en.words[room]));
  for (const [key, chinese] of texts(zh.words[room])) {
    const text = english.get(key) ?? english.get(key.replace(/_other$/, '_one'));
    expect(placeholders(text ?? ''), key).toEqual(placeholders(chinese));
  }
});

it('leaves no text empty', () => {
  for (const pack of [zh.words, en.words]) {
    for (const [key, text] of texts(pack)) expect(text.trim(), key).not.toBe('');
  }
});
