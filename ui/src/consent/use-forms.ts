import { queries } from '@/api/client';
import { most, onwards, useWhole } from '@/api/whole';
import type { Template } from './consent';

/** The newest version of every form, the newest first. */
export function useForms(): { forms: Template[] | undefined; error: unknown } {
  const listing = queries.useInfiniteQuery('get', '/api/consent/forms', { params: { query: { limit: most } } }, onwards);
  return { forms: useWhole(listing), error: listing.error };
}
