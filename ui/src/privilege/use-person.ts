import { useText } from '@/language/text';
import type { Names } from './privilege';

/** Calls people by the names that came with an answer. */
export function usePerson(names: Names | undefined): (id: string | undefined) => string {
  const text = useText();
  return (id) => (id ? text(names?.[id]) || `…${id.slice(-4)}` : '');
}
