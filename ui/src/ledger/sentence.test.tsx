import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { lines, names } from '@/gallery/fixtures/ledger';
import { people } from '@/gallery/fixtures/people';
import { speak } from '@/language/language';
import ledger from './words.zh.json';
import { render } from '@/testing/render';
import { Sentence, type Line } from './Sentence';
import { verbsShown } from './verbs';

const base = lines[0]!;

function said(line: Partial<Line>): string {
  const { container, unmount } = render(<Sentence line={{ ...base, ...line }} people={people} names={names} />);
  const text = container.textContent;
  unmount();
  return text;
}

describe('in Chinese', () => {
  it.each<[string, Partial<Line>]>([
    ['陈雅琴（心内科 主治医师）以诊疗目的查看了李秀英的入院记录', {}],
    ['陈雅琴（心内科 主治医师）以诊疗目的请求查看李秀英的入院记录，被拒绝', { outcome: 'refused' }],
    ['据来源系统，陈雅琴（心内科 主治医师）以诊疗目的查看了李秀英的入院记录', { outcome: 'reported' }],
    ['陈雅琴（心内科 主治医师）以诊疗目的查看了李秀英的入院记录，依据紧急调阅', { tie: 'glass' }],
    ['陈雅琴（心内科 主治医师）以诊疗目的打开了李秀英的病历', { verb: 'patient.view', kind: 'Patient', object: 'p-2' }],
    ['未登录者请求登录，被拒绝 ×17', { verb: 'identity.sign-in', actor: 'anonymous', actorKind: 'anonymous', outcome: 'refused', purpose: '', n: 17, tie: '' }],
    ['陈雅琴（心内科 主治医师）以诊疗目的执行了 house.unheard-of', { verb: 'house.unheard-of' }],
  ])('%s', (sentence, line) => {
    expect(said(line)).toBe(sentence);
  });

  it('names a patient whose name the reader may not know by the end of the id', () => {
    expect(said({ patient: 'p-00f3', object: 'd-404', kind: 'Document' })).toContain('患者 …00f3的病历文书');
  });
});

it('says the same in English', async () => {
  await speak('en');
  expect(said({ outcome: 'refused' })).toBe('Chen Yaqin (Cardiology, Attending physician) asked to read 入院记录 of 李秀英 for care and was refused');
});

it('has a name for every act that can be filtered by', () => {
  render(<>{verbsShown.map((verb) => <p key={verb}>{verb.split('.').reduce<unknown>((words, key) => (words as Record<string, unknown>)[key], ledger.name) as string}</p>)}</>);
  expect(screen.getAllByText(/\p{Script=Han}/u)).toHaveLength(verbsShown.length);
});
