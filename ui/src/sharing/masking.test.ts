import { expect, it } from 'vitest';
import { itemsOf, saidOf } from './masking';

const documents = [
  {
    document: 'd1',
    kind: 'C0049',
    title: '出院记录',
    headings: [
      { section: 'outcome', title: '治疗结果', minimal: true },
      { section: 'course', title: '诊疗经过', minimal: false, ruling: { document: 'd1', section: 'course', disclosed: true, ground: 'ordered' as const, words: '调取函第二项', phrases: ['赵兰'] } },
    ],
  },
];

it('begins with what the last review said', () => {
  expect(saidOf(documents)).toEqual([[{ ruling: 'usual' }, { ruling: 'disclose', ground: 'ordered', words: '调取函第二项', phrases: ['赵兰'] }]]);
});

it('sends what was ruled otherwise than usual, and blots out nothing of what is masked', () => {
  const said = [[{ ruling: 'mask' as const, ground: 'unrelated' as const, words: '与案情无关', phrases: ['残留'] }, { ruling: 'usual' as const }]];
  expect(itemsOf(documents, said)).toEqual([{ document: 'd1', section: 'outcome', disclosed: false, ground: 'unrelated', words: '与案情无关' }]);
});
