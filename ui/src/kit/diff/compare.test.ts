import { describe, expect, it } from 'vitest';
import { compareParagraphs, compareText } from './compare';

const marked = (before: string, after: string) =>
  compareText(before, after)
    .map(({ text, kind }) => ({ same: text, removed: `[-${text}]`, added: `[+${text}]` })[kind])
    .join('');

describe('text', () => {
  it('compares Chinese by the character', () => {
    expect(marked('左侧胸痛三天', '右侧胸痛三天')).toBe('[-左][+右]侧胸痛三天');
  });

  it.each([
    ['每次12.5mg口服', '每次125mg口服', '每次[-12.5][+125]mg口服'],
    ['血压 120/80 mmHg', '血压 150/80 mmHg', '血压 [-120/80][+150/80] mmHg'],
    ['于08:05入院', '于08:50入院', '于[-08:05][+08:50]入院'],
  ])('keeps numbers whole: %s → %s', (before, after, expected) => {
    expect(marked(before, after)).toBe(expected);
  });

  it('does not scatter a rewritten passage into crumbs', () => {
    expect(marked('患者无胸闷不适', '患者有气促表现')).toBe('患者[-无胸闷不适][+有气促表现]');
  });

  it.each([
    ['阿司匹林 100mg qd', '氯吡格雷 75mg qd'],
    ['', '新写的一段'],
    ['全部删去', ''],
    ['emoji 🫀 也要整个', 'emoji 🫁 也要整个'],
  ])('loses nothing of either side: %s | %s', (before, after) => {
    const pieces = compareText(before, after);
    const side = (left: 'removed' | 'added') => pieces.filter(({ kind }) => kind === 'same' || kind === left).map(({ text }) => text).join('');
    expect(side('removed')).toBe(before);
    expect(side('added')).toBe(after);
  });
});

describe('paragraphs', () => {
  it('pairs changed paragraphs and leaves the rest untouched', () => {
    const pairs = compareParagraphs('一般情况可。\n血压120/80。\n出院。', '一般情况可。\n血压150/80。\n继续观察。\n出院。');
    expect(pairs).toHaveLength(4);
    expect(pairs[0]?.before?.[0]?.kind).toBe('same');
    expect(pairs[1]?.after?.some(({ kind, text }) => kind === 'added' && text === '150/80')).toBe(true);
    expect(pairs[2]).toEqual({ after: [{ text: '继续观察。', kind: 'added' }] });
  });
});
