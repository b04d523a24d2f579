import { expect, it } from 'vitest';
import { fillOf, missing } from './completeness';
import { sectionsFor, templates } from './templates';

const section = { key: 'a', title: '主诉', text: '' };

it.each([
  ['', 'empty'],
  ['   \n', 'empty'],
  ['胸痛', 'short'],
  ['反复胸痛', 'full'],
] as const)('“%s” is %s', (text, fill) => {
  expect(fillOf({ ...section, text, least: 4 })).toBe(fill);
});

it('misses only what is required', () => {
  const sections = [
    { ...section, required: true },
    { ...section, key: 'b' },
    { ...section, key: 'c', required: true, text: '已写' },
  ];
  expect(missing(sections).map(({ key }) => key)).toEqual(['a']);
});

it('begins every kind with empty sections under keys of their own', () => {
  for (const { kind } of templates) {
    const sections = sectionsFor(kind);
    expect(new Set(sections.map(({ key }) => key)).size, kind).toBe(sections.length);
    expect(missing(sections).length, kind).toBeGreaterThan(0);
  }
  expect(sectionsFor('a kind of a source')).toHaveLength(1);
});
