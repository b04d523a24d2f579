import { createContext, type ReactNode } from 'react';

/** A list of the server that can leave as a file, narrowed as it is on the screen. */
export interface Exported {
  list: string;
  filter: Record<string, string | undefined>;
}

/** What lets a table leave; without it none does. */
export const ExportContext = createContext<((exported: Exported) => ReactNode) | undefined>(undefined);
