import type { Text } from '@/language/text';

/** What departments are called, by id. */
export type Departments = Record<string, Text>;
