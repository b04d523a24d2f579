import { queries } from '@/api/client';
import { useSession } from '@/app/session';
import type { Profile, Used } from './output';
import { purposesServed } from './purposes';

interface Offered {
  /** Those that serve the purpose of the session; absent until they are known. */
  profiles: Profile[] | undefined;
  /** The purposes by which it would go. */
  purposes: string[];
  error: unknown;
}

/** By which profiles the reader may let something leave in this way. */
export function useProfiles(way: 'prints' | 'exports'): Offered {
  const { purpose, purposes, roles } = useSession();
  const { data, error } = queries.useQuery('get', '/api/output/profiles', {});
  const fitting = data?.items?.filter((profile) => profile[way]);
  const served = purposesServed(way, roles);
  const mine = purposes.map(({ id }) => id).filter((one) => served.includes(one));
  return {
    profiles: fitting?.filter((profile) => served.includes(purpose) && profile.purposes?.includes(purpose)),
    purposes: mine.filter((one) => fitting?.some((profile) => profile.purposes?.includes(one))),
    error,
  };
}

/** How much of a profile's quota the reader has used. */
export function useQuota(profile: string | undefined): Used | undefined {
  return queries.useQuery('get', '/api/output/quota', { params: { query: { profile: profile ?? '' } } }, { enabled: profile !== undefined, staleTime: 0 }).data;
}
