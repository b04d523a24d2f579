import { renderHook, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { fetchSteppingUp, settleStepUp, useStepUpAsked } from './step-up';

const refusal = (way: string) => new Response(JSON.stringify({ code: 'act.refused', status: 403, trace: 't', extra: { conditions: [], way } }), { status: 403 });
const request = () => new Request('http://localhost/api/identity/rules', { method: 'PUT', body: '{"a":1}' });

/** Answers one request after another, and remembers what was sent. */
function server(...answers: Response[]) {
  const sent: string[] = [];
  vi.stubGlobal('fetch', async (asked: Request) => {
    sent.push(await asked.text());
    return answers[sent.length - 1];
  });
  return sent;
}

async function untilAsked() {
  const { result } = renderHook(useStepUpAsked);
  await waitFor(() => expect(result.current).toBe(true));
}

it('sends the same request again once its sender has shown who he is', async () => {
  const sent = server(refusal('step-up'), new Response('done'));
  const answer = fetchSteppingUp(request());
  await untilAsked();
  settleStepUp(true);
  expect(await (await answer).text()).toBe('done');
  expect(sent).toEqual(['{"a":1}', '{"a":1}']);
});

it('asks once for all that wait', async () => {
  const sent = server(refusal('step-up'), refusal('step-up'), new Response('done'), new Response('done'));
  const answers = [fetchSteppingUp(request()), fetchSteppingUp(request())];
  await waitFor(() => expect(sent).toHaveLength(2));
  await untilAsked();
  settleStepUp(true);
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
});

it('gives the refusal to whoever asked when its sender does not want to', async () => {
  const sent = server(refusal('step-up'));
  const answer = fetchSteppingUp(request());
  await untilAsked();
  settleStepUp(false);
  expect((await answer).status).toBe(403);
  expect(sent).toHaveLength(1);
});

it('leaves every other refusal as it is', async () => {
  const sent = server(refusal('break-glass'));
  expect((await fetchSteppingUp(request())).status).toBe(403);
  expect(sent).toHaveLength(1);
});
