import { App } from 'antd';
import { keepPreviousData } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useTableAddress } from '@/kit/table/address';
import { StaysPage } from './StaysPage';
import type { Stay } from './stay';
import { useDepartments } from './use-departments';
import { usePeople } from './use-people';

const MoveStay = lazy(() => import('./MoveStay'));

export function Component() {
  const { roles, person } = useSession();
  const { cursor, limit, filters } = useTableAddress();
  const { message } = App.useApp();
  const fault = useFault();
  const [moving, setMoving] = useState<Stay>();
  const listing = queries.useQuery(
    'get',
    '/api/stays',
    { params: { query: { cursor, limit, kind: filters.kind, live: filters.live === 'yes' ? true : undefined } } },
    { placeholderData: keepPreviousData },
  );
  const end = queries.useMutation('post', '/api/stays/{id}/end', {
    onSuccess: () => cache.invalidateQueries(),
    onError: (error) => void message.error(fault(error)),
  });
  const keeps = may(roles, 'keepStays');
  return (
    <>
      <StaysPage
        page={tableOf(listing)}
        departments={useDepartments()}
        people={usePeople((listing.data?.items ?? []).flatMap((stay) => [stay.person, stay.sponsor]))}
        mayEnd={(stay) => stay.person !== person && (keeps || stay.sponsor === person)}
        onEnd={({ id }) => end.mutate({ params: { path: { id } } })}
        {...(keeps && { onMove: setMoving })}
      />
      {moving && (
        <Suspense fallback={null}>
          <MoveStay stay={moving} onClose={() => setMoving(undefined)} />
        </Suspense>
      )}
    </>
  );
}
