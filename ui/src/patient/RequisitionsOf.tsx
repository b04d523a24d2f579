import { App } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { onwards } from '@/api/whole';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import type { Patient } from './PatientPage';
import { Requisitions, type Doing } from './Requisitions';

const AskFor = lazy(() => import('./AskFor'));
const DeadlinesOf = lazy(() => import('@/deadline/DeadlinesOf'));

/** What was asked for a patient, page after page, and what the reader does about it. */
export default function RequisitionsOf({ patient }: { patient: Patient }) {
  const { number, posts, roles } = useSession();
  const sees = may(roles, 'seeRequisitions');
  const { message } = App.useApp();
  const fault = useFault();
  const [asking, setAsking] = useState(false);
  const listing = queries.useInfiniteQuery('get', '/api/patients/{id}/requisitions', { params: { path: { id: patient.id }, query: { limit: 50 } } }, { ...onwards, enabled: sees });
  const said = { onSuccess: () => cache.invalidateQueries(), onError: (error: unknown) => void message.error(fault(error)) };
  const doings = {
    'take-on': queries.useMutation('post', '/api/requisitions/{id}/take-on', said),
    answer: queries.useMutation('post', '/api/requisitions/{id}/answer', said),
    'call-off': queries.useMutation('post', '/api/requisitions/{id}/call-off', said),
  } satisfies Record<Doing, unknown>;
  if (!sees || listing.isError) return null;
  const stay = patient.encounters?.find(({ kind }) => kind === 'inpatient');
  return (
    <>
      <Suspense fallback={null}>{stay && may(roles, 'seeMyDeadlines') && <DeadlinesOf encounter={stay.id} />}</Suspense>
      <Requisitions
        rows={listing.data?.pages.flatMap(({ items }) => items ?? [])}
        reader={number}
        departments={posts.map(({ department }) => department.name.zh)}
        onDo={(doing, { id }) => doings[doing].mutate({ params: { path: { id } } })}
        onAsk={may(roles, 'askFor') ? () => setAsking(true) : undefined}
        onMore={listing.hasNextPage ? () => void listing.fetchNextPage() : undefined}
      />
      {asking && (
        <Suspense fallback={null}>
          <AskFor patient={patient} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}
