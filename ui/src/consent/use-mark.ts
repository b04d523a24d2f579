import { useState } from 'react';
import { useSession } from '@/app/session';
import type { MarkProps } from '@/kit/Mark';
import { useText } from '@/language/text';

/** The mark of whoever has a sheet open, on the screen and on what he prints. */
export function useMark(): MarkProps {
  const { name, number, session } = useSession();
  const text = useText();
  const [at] = useState(() => new Date().toISOString());
  return { name: text(name), staffNumber: number, at, code: session.slice(-8) };
}
