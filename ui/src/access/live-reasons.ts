import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import type { Glass } from '@/app/session';

const path = '/api/my-reasons';

/** My stated reasons and break-glasses that last, the one that ends first before the others. */
export function useLiveReasons(): Schemas['AccessReason'][] {
  const { data } = queries.useQuery('get', path, {}, { staleTime: Infinity });
  const live = [...(data?.items ?? [])].sort((a, b) => a.until.localeCompare(b.until));
  const first = live[0]?.until;
  useEffect(() => {
    if (!first) return;
    const timer = setTimeout(() => void cache.invalidateQueries(), Math.min(longestTimer, Math.max(0, Date.parse(first) - Date.now())));
    return () => clearTimeout(timer);
  }, [first]);
  return live;
}

/** Beyond it a timer of the browser would fire at once. */
const longestTimer = 2 ** 31 - 1;

export function useLiveGlasses(): Glass[] {
  const nameOf = useKnownPatient();
  return useLiveReasons()
    .filter(({ kind }) => kind === 'glass')
    .map(({ id, patient, since, until }) => ({ id, patient, since, until, patientName: nameOf(patient) }));
}

/** Names a patient who was opened in this window; of others it gives the end of the id only. */
export function useKnownPatient(): (id: string) => string {
  const { t } = useTranslation();
  return (id) => {
    const opened = cache.getQueryData<Schemas['PatientView']>(queries.queryOptions('get', '/api/patients/{id}', { params: { path: { id } } }).queryKey);
    return opened?.name ?? t('somebody', { id: id.slice(-4) });
  };
}
