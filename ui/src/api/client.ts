import createClient, { type Middleware } from 'openapi-fetch';
import createQueryClient from 'openapi-react-query';
import { noteAnswered, noteExpired, noteUnreachable } from '@/app/connection';
import type { components, paths } from './schema';
import { fetchBySecond } from './second';

export type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];

const unauthenticated = 401;

/** A wrong code is no session that ended, though both are 401. */
async function isAboutCode(response: Response): Promise<boolean> {
  const problem = (await response
    .clone()
    .json()
    .catch(() => undefined)) as Problem | undefined;
  return problem?.code.startsWith('identity.') === true;
}

/** Speaks the reader's language, and tells the connection bar what it learns. */
const listening: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', document.documentElement.lang);
    return request;
  },
  async onResponse({ response, schemaPath }) {
    if (response.status === unauthenticated && schemaPath !== '/api/session' && !(await isAboutCode(response))) noteExpired();
    else if (response.ok) noteAnswered();
  },
  onError({ error }) {
    noteUnreachable();
    return error instanceof Error ? error : new Error(String(error));
  },
};

/** The API as docs/api/openapi.json describes it; errors are problem documents. */
export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: fetchBySecond });
api.use(listening);

export const queries = createQueryClient(api);
