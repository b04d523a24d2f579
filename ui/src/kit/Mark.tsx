import { useEffect } from 'react';
import { formatMinute, type Instant } from '@/language/time';
import { useScheme } from '@/theme/scheme';
import { font } from '@/theme/tokens';
import { keepMark } from './mark-keeper';

export interface MarkProps {
  name: string;
  staffNumber: string;
  at: Instant;
  /** Leads back to this disclosure in the ledger. */
  code: string;
  /** Called when somebody removed or altered the mark; it is already restored. */
  onAltered?: () => void;
}

const inks = { light: 'rgba(24, 33, 47, 0.085)', dark: 'rgba(230, 235, 242, 0.075)' };

/**
 * The reader's mark over the page, above drawers and dialogs and in print. It
 * only deters: what leaves on paper or as a file is marked by the server.
 */
export function Mark({ name, staffNumber, at, code, onAltered }: MarkProps) {
  const { scheme } = useScheme();
  useEffect(() => {
    const lines = [`${name} ${staffNumber}`, `${formatMinute(at)} ${code}`];
    return keepMark(lines, { ink: inks[scheme], font: `14px ${font}` }, onAltered);
  }, [name, staffNumber, at, code, scheme, onAltered]);
  return null;
}
