import { describe, expect, it } from 'vitest';
import { placeOf, proposalFrom, standing, verdicts, type Traced } from './debarment';

describe('what a debarment is now', () => {
  it('says first what waits, then what was missed', () => {
    const held = { state: 'held', active: true, overdue: false } as const;
    expect(standing(held)).toBe('held');
    expect(standing({ ...held, overdue: true })).toBe('overdue');
    expect(standing({ ...held, overdue: true, wanted: { end: true, words: '', by: 'p', at: '' } })).toBe('changing');
    expect(standing({ ...held, active: false })).toBe('over');
    expect(standing({ ...held, state: 'proposed', active: false })).toBe('proposed');
  });
});

describe('a hit', () => {
  it('is judged only while it waits, and a certain one is never another', () => {
    expect(verdicts({ state: 'asked' })).toEqual(['another', 'same']);
    expect(verdicts({ state: 'refused' })).toEqual(['noted']);
    expect(verdicts({ state: 'another' })).toEqual([]);
  });
  it('leads to what stands, and nowhere from what was refused', () => {
    expect(placeOf({ verb: 'standing', about: 'vendor:X' })).toBe('/vendors');
    expect(placeOf({ verb: 'staff.add-vendor', about: 'vendor:X' })).toBeUndefined();
  });
});

describe('a traced copy', () => {
  const traced: Traced = { id: 't', issue: 'i', serial: '20260302-1', at: '', person: 'p', to: [], numbers: [], resolved: 'person', names: { p: { number: '1', zh: '李四', en: '', department: { zh: '', en: '' }, title: { zh: '', en: '' } } } };
  it('proposes whoever received it, with his number where there is no doubt whose it is', () => {
    expect(proposalFrom({ ...traced, to: ['王伟'], numbers: ['1'] })).toMatchObject({ name: '王伟', number: '1', traced: 't' });
    expect(proposalFrom({ ...traced, to: ['王伟', '赵明'], numbers: ['1'] })).not.toHaveProperty('number');
  });
  it('proposes whoever took it off the screen when nobody received it', () => {
    expect(proposalFrom(traced)).toMatchObject({ name: '李四', person: 'p' });
  });
});
