import { expect, it } from 'vitest';
import en from './words.en.json';
import { countsOf, errorKinds, goesOn, grounds, placeOf, steps, toneOf, ways } from './amendment';
import zh from './words.zh.json';

it('lets only its beginner go on, while there is something to do', () => {
  expect(goesOn({ state: 'writing', openedBy: 'a' }, 'a')).toBe(true);
  expect(goesOn({ state: 'writing', openedBy: 'a' }, 'b')).toBe(false);
  expect(goesOn({ state: 'asked', openedBy: 'a' }, 'a')).toBe(false);
});

it('stands at the step that is to be taken, and nowhere once it has ended', () => {
  expect(placeOf({ state: 'writing', next: 'reason' })).toBe('reason');
  expect(placeOf({ state: 'asked', next: 'sign' })).toBe('confirm');
  expect(placeOf({ state: 'completed' })).toBeUndefined();
});

it('counts told against acknowledged, and those out of reach apart', () => {
  expect(countsOf([{ state: 'due' }, { state: 'told' }, { state: 'acknowledged' }, { state: 'unreachable' }])).toEqual({ all: 4, done: 1, due: 1, gone: 1 });
});

it.each([zh, en])('has words for every step, kind, ground, way and state', (words) => {
  for (const step of steps) expect(words.step[step]).toBeTruthy();
  for (const kind of errorKinds) expect(words.errorKind[kind]).toBeTruthy();
  for (const ground of grounds) expect(words.ground[ground]).toBeTruthy();
  for (const way of ways) expect(words.ways[way]).toBeTruthy();
  const states = [words.state, words.noticeState, words.complaintState, words.suspicionState].flatMap((one) => Object.keys(one));
  for (const state of states) expect(toneOf[state]).toBeDefined();
});
