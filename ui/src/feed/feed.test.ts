import { expect, it } from 'vitest';
import { readCodes, rulesOf, writeCodes, writtenOf } from './feed';

it('reads their words to ours, and leaves out lines that say nothing', () => {
  expect(readCodes('男=male\n 女 = female \n\nx\n=y\nz=\na=b=other')).toEqual({ 男: 'male', 女: 'female', 'a=b': 'other' });
});

it('writes words so that they are read alike', () => {
  const codes = { 男: 'male', '*': 'unknown' };
  expect(readCodes(writeCodes(codes))).toEqual(codes);
});

it('keeps a rule only of fields of which something was written', () => {
  expect(
    rulesOf({
      name: { columns: ['姓名'], constant: '', codes: '' },
      kind: { columns: [], constant: ' inpatient ', codes: '' },
      sex: { columns: ['性别'], constant: 'x', codes: '男=male' },
      phone: writtenOf(undefined),
    }),
  ).toEqual({ name: { columns: ['姓名'] }, kind: { constant: 'inpatient' }, sex: { columns: ['性别'], codes: { 男: 'male' } } });
});
