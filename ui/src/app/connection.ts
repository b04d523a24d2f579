import { useSyncExternalStore } from 'react';

export type Connection = 'online' | 'offline' | 'expired';

let state: Connection = navigator.onLine ? 'online' : 'offline';
const listeners = new Set<() => void>();

function become(next: Connection): void {
  if (next === state) return;
  state = next;
  listeners.forEach((listen) => listen());
}

window.addEventListener('offline', () => become('offline'));
window.addEventListener('online', () => become('online'));

/** Called by the transport with what it learned from each answer, or from none. */
export const noteAnswered = () => become('online');
export const noteUnreachable = () => become('offline');
export const noteExpired = () => become('expired');

/** Whether the server can be reached and still knows us. */
export function useConnection(): Connection {
  return useSyncExternalStore(
    (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    () => state,
  );
}
