import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { groupsFor } from './menu';
import type { Session } from './session';

const lasting = { staleTime: Infinity, gcTime: Infinity };

/** Who is signed in; kept while the session lasts, also when it has ended. */
export function useWho() {
  return queries.useQuery('get', '/api/session', {}, { ...lasting, retryOnMount: false });
}

/** Asks who is there before the interface runs, for every page waits for that. useWho tells what went wrong. */
export function askWho(): void {
  cache.query({ ...queries.queryOptions('get', '/api/session', {}), ...lasting }).catch(() => undefined);
}

export function sessionOf(who: Schemas['IdentityWho']): Session {
  const roles = who.roles ?? [];
  return {
    session: who.session,
    until: who.until,
    person: who.person,
    number: who.number,
    name: who.name,
    posts: who.posts ?? [],
    roles,
    purpose: who.purpose,
    purposes: who.purposes ?? [],
    menu: groupsFor(roles),
    demo: who.demo,
  };
}
