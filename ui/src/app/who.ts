import { queries, type Schemas } from '@/api/client';
import { groupsFor } from './menu';
import type { Session } from './session';

/** Who is signed in; kept while the session lasts, also when it has ended. */
export function useWho() {
  return queries.useQuery('get', '/api/session', {}, { staleTime: Infinity, gcTime: Infinity });
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
