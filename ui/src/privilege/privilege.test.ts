import { describe, expect, it } from 'vitest';
import { isMine, nextOf, type Change } from './privilege';

const change = (state: Change['state'], more: Partial<Change> = {}) => ({ state, askedBy: 'dba', ...more }) as Change;

describe('what waits in a change', () => {
  it.each([
    ['asked', 'review'],
    ['reviewed', 'approve'],
    ['approved', 'begin'],
    ['running', 'close'],
    ['closed', undefined],
    ['lapsed', undefined],
  ] as const)('%s waits for %s', (state, step) => expect(nextOf(change(state))).toBe(step));

  it('leaves the decisions to others and the work to whoever asked', () => {
    expect(isMine(change('asked'), 'dba')).toBe(false);
    expect(isMine(change('asked'), 'head')).toBe(true);
    expect(isMine(change('reviewed', { reviewedBy: 'head' }), 'head')).toBe(false);
    expect(isMine(change('reviewed', { reviewedBy: 'head' }), 'safe')).toBe(true);
    expect(isMine(change('approved'), 'dba')).toBe(true);
    expect(isMine(change('running'), 'safe')).toBe(false);
    expect(isMine(change('closed'), 'dba')).toBe(false);
  });
});
