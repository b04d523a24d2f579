import { expect, it } from 'vitest';
import { cardOf, open, pasteable, readOut, standing, type Partner } from './exchange';

const card = { org: 'b', name: '第二医院', signer: '04aa', opener: '04bb' };
const partner = (over: Partial<Partner>): Partner => ({ id: 'p', card, onwards: false, state: 'live', active: true, madeBy: 'x', made: '2026-03-02T00:00:00Z', until: '2027-03-02T00:00:00Z', ...over });

it('takes a card as it was given, and nothing else for one', () => {
  expect(cardOf(pasteable({ ...card, fingerprint: 'ff' }))).toEqual(card);
  expect(pasteable({ ...card, fingerprint: 'ff' })).not.toContain('ff');
  for (const wrong of ['', '[]', 'null', '{"org":"b"}', '{"org":"b","name":"","signer":"x","opener":"y"}', '{"org":1,"name":"n","signer":"x","opener":"y"}']) expect(cardOf(wrong)).toBeUndefined();
});

it('calls a partner whose time is over by what it is', () => {
  expect(standing(partner({}))).toBe('live');
  expect(standing(partner({ active: false }))).toBe('over');
  expect(standing(partner({ state: 'draft', active: false }))).toBe('draft');
});

it('sends only to partners in force that receive', () => {
  expect(open([partner({ id: 'a' }), partner({ id: 'b', recipient: 'r' }), partner({ id: 'c', recipient: 'r', active: false })]).map(({ id }) => id)).toEqual(['b']);
});

it('writes a fingerprint so that it can be read out', () => {
  expect(readOut('0123456789abcdef')).toBe('0123 4567 89ab cdef');
});
