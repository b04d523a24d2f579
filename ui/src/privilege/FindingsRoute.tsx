import { keepPreviousData } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useTableAddress } from '@/kit/table/address';
import { FindingsPage } from './FindingsPage';
import type { Finding } from './privilege';

const DisposeFinding = lazy(() => import('./DisposeFinding'));

export function Component() {
  const { roles } = useSession();
  const { cursor, limit } = useTableAddress();
  const [disposing, setDisposing] = useState<Finding>();
  const listing = queries.useQuery('get', '/api/privilege/findings', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const rounds = queries.useQuery('get', '/api/privilege/tables', {});
  return (
    <>
      <FindingsPage
        page={tableOf(listing)}
        names={listing.data?.names}
        rounds={rounds.data?.rounds ?? []}
        onDispose={may(roles, 'disposePrivilege') ? setDisposing : undefined}
      />
      <Suspense fallback={null}>{disposing && <DisposeFinding finding={disposing} onClose={() => setDisposing(undefined)} />}</Suspense>
    </>
  );
}
