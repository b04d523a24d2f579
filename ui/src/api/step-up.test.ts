import { afterEach, expect, it, vi } from 'vitest';
import { fetchSteppingUp, settleStepUp } from './step-up';

const refusal = (way: string) => new Response(JSON.stringify({ code: 'act.refused', status: 403, trace: 't', extra: { conditions: [], way } }), { status: 403 });
const request = () => new Request('http://localhost/api/identity/rules', { method: 'PUT', body: '{"a":1}' });

afterEach(() => settleStepUp(false));

/** Answers a request after another, and remembers what was sent. */
function server(...answers: Response[]) {
  const sent: string[] = [];
  vi.stubGlobal('fetch', async (asked: Request) => {
    sent.push(await asked.text());
    return answers[sent.length - 1];
  });
  return sent;
}

it('sends the same request again once its sender has shown who he is', async () => {
  const sent = server(refusal('step-up'), new Response('done'));
  const answer = fetchSteppingUp(request());
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  settleStepUp(true);
  await vi.waitFor(async () => {
    settleStepUp(true);
    await Promise.resolve();
    expect(sent).toEqual(['{"a":1}', '{"a":1}']);
  });
  expect(await (await answer).text()).toBe('done');
});

it('gives the refusal to whoever asked when its sender does not want to', async () => {
  const sent = server(refusal('step-up'));
  const answer = fetchSteppingUp(request());
  let settled = false;
  void answer.then(() => {
    settled = true;
  });
  await vi.waitFor(() => {
    settleStepUp(false);
    expect(settled).toBe(true);
  });
  expect((await answer).status).toBe(403);
  expect(sent).toHaveLength(1);
});

it('leaves every other refusal as it is', async () => {
  const sent = server(refusal('break-glass'));
  expect((await fetchSteppingUp(request())).status).toBe(403);
  expect(sent).toHaveLength(1);
});
