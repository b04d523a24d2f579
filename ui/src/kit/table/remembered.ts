import { useState } from 'react';

export type Density = 'compact' | 'comfortable';

export interface Remembered {
  density: Density;
  /** Keys of the columns that the person turned on or off; others follow the default. */
  columns: Record<string, boolean>;
}

const usual: Remembered = { density: 'compact', columns: {} };

/** How somebody likes to see a table, kept in the browser: no content is. */
export function useRemembered(table: string): [Remembered, (change: Partial<Remembered>) => void] {
  const key = `medward.table.${table}`;
  const [kept, setKept] = useState(() => read(key));
  const change = (part: Partial<Remembered>) => {
    const next = { ...kept, ...part };
    localStorage.setItem(key, JSON.stringify(next));
    setKept(next);
  };
  return [kept, change];
}

function read(key: string): Remembered {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Remembered>;
    return {
      density: kept.density === 'comfortable' ? 'comfortable' : 'compact',
      columns: typeof kept.columns === 'object' ? kept.columns : {},
    };
  } catch {
    return usual;
  }
}
