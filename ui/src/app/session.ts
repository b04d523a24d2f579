import { createContext, use } from 'react';
import type { Text } from '@/language/text';
import type { Instant } from '@/language/time';

export type MenuGroup = 'care' | 'access' | 'governance' | 'security' | 'compliance';

export interface Label {
  id: string;
  name: Text;
}

/** Who is signed in, and what may be used. */
export interface Session {
  session: string;
  until: Instant;
  /** What the organisation is called, where that is known. */
  organisation?: Text;
  person: string;
  number: string;
  name: Text;
  posts: { role: Label; department: Label; title: Text }[];
  roles: string[];
  purpose: string;
  purposes: Label[];
  menu: MenuGroup[];
  demo: boolean;
}

/** A break-glass that lasts. */
export interface Glass {
  id: string;
  patient: string;
  patientName: string;
  since: Instant;
  until: Instant;
}

export const SessionContext = createContext<Session | undefined>(undefined);

/** The session; only for pages inside the shell. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession was called outside the shell');
  return session;
}
