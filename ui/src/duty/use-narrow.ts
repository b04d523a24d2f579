import { useSyncExternalStore } from 'react';

const question = '(width < 1000px)';

/** Whether there is no room for two columns. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listen) => {
      const asked = window.matchMedia(question);
      asked.addEventListener('change', listen);
      return () => asked.removeEventListener('change', listen);
    },
    () => window.matchMedia(question).matches,
  );
}
