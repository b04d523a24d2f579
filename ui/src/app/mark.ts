import { useMemo, useState } from 'react';
import type { MarkProps } from '@/kit/Mark';
import { useText } from '@/language/text';
import { useSession } from './session';

/** The mark of a page that no single reading stands for: it leads to the session. */
export function useReaderMark(): MarkProps {
  const session = useSession();
  const text = useText();
  const [at] = useState(() => new Date().toISOString());
  const name = text(session.name);
  return useMemo(() => ({ name, staffNumber: session.number, at, code: session.session.slice(-8) }), [name, session.number, session.session, at]);
}
