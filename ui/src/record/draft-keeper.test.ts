import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { api } from '@/api/client';
import { DraftKeeper } from './draft-keeper';

const writing = (text: string) => ({ kind: 'C0038', title: '日常病程记录', sections: [{ key: 'progress', title: '病程记录', text }] });
const problem = (status: number, code: string) => ({ type: '', title: '', detail: '', trace: 't', status, code });

/** Answers the next saves one after another; a string is a body that was saved under that id. */
function server(...answers: (string | { status: number; code: string } | Error)[]) {
  const bodies: { id?: string; rev?: number; text: string | undefined }[] = [];
  let rev = 0;
  vi.spyOn(api, 'POST').mockImplementation(((_path: string, { body }: { body: { id?: string; rev?: number; writing: ReturnType<typeof writing> } }) => {
    const answer = answers.shift();
    bodies.push({ ...(body.id && { id: body.id }), ...(body.rev && { rev: body.rev }), text: body.writing.sections[0]?.text });
    if (answer instanceof Error) return Promise.reject(answer);
    if (typeof answer === 'object') return Promise.resolve({ error: problem(answer.status, answer.code) });
    rev += 1;
    return Promise.resolve({ data: { id: answer, rev } });
  }) as never);
  return bodies;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('saves once after the last letter, and goes on from that revision', async () => {
  const bodies = server('d', 'd');
  const keeper = new DraftKeeper({ patient: 'p' });
  keeper.write(writing('今'));
  keeper.write(writing('今晨'));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(keeper.snapshot()).toMatchObject({ id: 'd', saving: { state: 'saved' } });
  keeper.write(writing('今晨查房'));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(bodies).toEqual([{ text: '今晨' }, { id: 'd', rev: 1, text: '今晨查房' }]);
});

it('keeps the text through an ended session and saves it when somebody signed in again', async () => {
  const bodies = server({ status: 401, code: 'act.nobody' }, 'd');
  const keeper = new DraftKeeper({ patient: 'p' });
  keeper.write(writing('气促减轻'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(keeper.snapshot().saving).toEqual({ state: 'unsaved', why: 'expired' });
  expect(bodies).toHaveLength(1);
  keeper.retry();
  await vi.advanceTimersByTimeAsync(0);
  expect(keeper.snapshot().saving.state).toBe('saved');
  expect(bodies[1]?.text).toBe('气促减轻');
});

it('tries again by itself while nobody answers', async () => {
  server(new Error('unreachable'), 'd');
  const keeper = new DraftKeeper({ patient: 'p' });
  keeper.write(writing('气促减轻'));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(keeper.snapshot().saving).toEqual({ state: 'unsaved', why: 'offline' });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(keeper.snapshot().saving.state).toBe('saved');
});

it('does not write over what was saved elsewhere until it is told to', async () => {
  const bodies = server({ status: 409, code: 'record.changed' }, 'd');
  vi.spyOn(api, 'GET').mockResolvedValue({ data: { id: 'd', rev: 7 } } as never);
  const keeper = new DraftKeeper({ patient: 'p', id: 'd', rev: 3 });
  keeper.write(writing('气促减轻'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(keeper.snapshot().saving).toEqual({ state: 'unsaved', why: 'conflict' });
  expect(bodies).toHaveLength(1);
  await keeper.overwrite();
  await vi.advanceTimersByTimeAsync(0);
  expect(bodies[1]).toEqual({ id: 'd', rev: 7, text: '气促减轻' });
});
