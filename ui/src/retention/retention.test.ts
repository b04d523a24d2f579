import { describe, expect, it } from 'vitest';
import { present, stepsFor, type Seen } from './retention';

const now = Date.parse('2026-11-23T10:00:00Z');
const anybody = () => true;

function seen(state: Seen['state'], given: Partial<Seen> = {}): Seen {
  return { id: 'L', title: '批', state, drawnBy: 'an', drawn: '2026-11-01T00:00:00Z', items: 2, kept: 0, destroyed: 0, rev: 1, records: [], steps: [], genuine: false, names: {}, ...given };
}

const witness = (person: string, at: string) => ({ kind: 'witness' as const, person, at });

describe('what is open about a destruction', () => {
  it('is the appraisal to others than who drew it up', () => {
    expect(stepsFor(seen('drawn'), 'zhi', ['quality'], anybody, now)).toEqual(['appraise', 'stop']);
    expect(stepsFor(seen('drawn'), 'an', ['records-clerk'], anybody, now)).toEqual(['stop']);
  });

  it('is the approval to the office whose turn it is', () => {
    const waiting = seen('appraised', { office: 'president' });
    expect(stepsFor(waiting, 'yuan', ['president'], anybody, now)).toContain('approve');
    expect(stepsFor(waiting, 'yiwu', ['medical-affairs'], anybody, now)).not.toContain('approve');
  });

  it('is carrying it out while two others are present', () => {
    const steps = [witness('ji', '2026-11-23T09:30:00Z'), witness('bin', '2026-11-23T09:40:00Z')];
    expect(stepsFor(seen('approved', { steps }), 'an', [], anybody, now)).toEqual(['destroy', 'stop']);
    expect(stepsFor(seen('approved', { steps }), 'ji', [], anybody, now)).toEqual(['stop']);
    expect(stepsFor(seen('approved', { steps: steps.slice(1) }), 'an', [], anybody, now)).toEqual(['stop']);
  });

  it('is nothing at its end', () => {
    expect(stepsFor(seen('destroyed'), 'yuan', ['president'], anybody, now)).toEqual([]);
  });
});

it('forgets a witness after two hours', () => {
  expect(present({ steps: [witness('ji', '2026-11-23T08:00:00Z'), witness('bin', '2026-11-23T08:00:01Z')] }, now)).toEqual(['bin']);
});
