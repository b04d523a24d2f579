import type { Text } from '@/language/text';

/** How a person of the staff is named wherever somebody acts. */
export interface PersonName extends Text {
  number: string;
  department: Text;
  title: Text;
}

/** Whom the ids of persons in an answer name. */
export type People = Record<string, PersonName>;
