import { queries } from '@/api/client';
import { most, onwards, useWhole } from '@/api/whole';

/** Calls partners by their names. */
export function usePartnerNames(): (partner: string) => string {
  const partners = useWhole(queries.useInfiniteQuery('get', '/api/exchange/partners', { params: { query: { limit: most } } }, onwards));
  const names = new Map(partners?.map(({ id, card }) => [id, card.name]));
  return (partner) => names.get(partner) ?? `…${partner.slice(-4)}`;
}
