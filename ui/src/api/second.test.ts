import { renderHook, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { fetchBySecond, settleSecond, useSecondAsked } from './second';

const wanted = { verb: 'record.unseal', kind: 'Document', object: 'd1', said: '00', minutes: 10 };
const refusal = () => new Response(JSON.stringify({ code: 'act.second-wanted', status: 403, trace: 't', extra: wanted }), { status: 403 });
const request = () => new Request('http://localhost/api/documents/d1/unseal', { method: 'POST', body: '{"a":1}' });

function server(...answers: Response[]) {
  const sent: string[] = [];
  vi.stubGlobal('fetch', async (asked: Request) => {
    sent.push(await asked.text());
    return answers[sent.length - 1];
  });
  return sent;
}

async function untilAsked() {
  const { result } = renderHook(useSecondAsked);
  await waitFor(() => expect(result.current).toEqual(wanted));
}

it('sends the same request again once another person has confirmed it', async () => {
  const sent = server(refusal(), new Response('done'));
  const answer = fetchBySecond(request());
  await untilAsked();
  settleSecond(true);
  expect(await (await answer).text()).toBe('done');
  expect(sent).toEqual(['{"a":1}', '{"a":1}']);
});

it('gives the refusal to whoever asked when nobody comes', async () => {
  const sent = server(refusal());
  const answer = fetchBySecond(request());
  await untilAsked();
  settleSecond(false);
  expect((await answer).status).toBe(403);
  expect(sent).toHaveLength(1);
});
