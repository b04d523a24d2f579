import { cache } from '@/api/cache';

/** What of the reader's has ended, as the server tells open pages. */
export interface Ended {
  kind: string;
  patient?: string;
  at: string;
}

const ofSessions = ['account', 'session', 'sessions'];

/**
 * Takes what an ended right opened off the screen: what is open about the patient is
 * emptied and asked for anew, so that only what is still allowed comes back; with a
 * session, everything is. What lay in store is forgotten.
 */
export function closeWhatEnded({ kind, patient }: Ended): void {
  cache.removeQueries({ type: 'inactive' });
  if (ofSessions.includes(kind)) {
    void cache.resetQueries();
    return;
  }
  if (patient === undefined) {
    void cache.invalidateQueries();
    return;
  }
  void cache.resetQueries({ type: 'active', predicate: ({ queryKey }) => JSON.stringify(queryKey).includes(`"${patient}"`) });
  void cache.invalidateQueries({ queryKey: ['get', '/api/my-reasons'] });
}
