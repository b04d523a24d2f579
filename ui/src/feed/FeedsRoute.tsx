import { keepPreviousData } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useTableAddress } from '@/kit/table/address';
import type { Feed } from './feed';
import { FeedsPage } from './FeedsPage';

const WriteFeed = lazy(() => import('./WriteFeed'));
const ApproveFeed = lazy(() => import('./ApproveFeed'));

/** How often a run that waits is asked about, in milliseconds. */
const asking = 3000;

export function Component() {
  const { roles } = useSession();
  const fault = useFault();
  const { cursor, limit } = useTableAddress();
  const [writing, setWriting] = useState<Feed | 'new'>();
  const [approving, setApproving] = useState<Feed>();
  const listing = queries.useQuery(
    'get',
    '/api/feeds',
    { params: { query: { cursor, limit } } },
    { placeholderData: keepPreviousData, refetchInterval: (query) => ((query.state.data?.items ?? []).some(({ last }) => last?.state === 'waiting') ? asking : false) },
  );
  const begin = queries.useMutation('post', '/api/feeds/runs', { onSuccess: () => cache.invalidateQueries() });
  const keeps = may(roles, 'keepFeeds');
  return (
    <>
      <FeedsPage
        feeds={tableOf(listing)}
        names={listing.data?.names}
        error={fault(begin.error)}
        onWrite={keeps ? setWriting : undefined}
        onRun={keeps ? ({ feed }) => begin.mutate({ body: { feed } }) : undefined}
        onApprove={may(roles, 'approveFeeds') ? setApproving : undefined}
      />
      <Suspense fallback={null}>
        {writing && <WriteFeed feed={writing === 'new' ? undefined : writing} onClose={() => setWriting(undefined)} />}
        {approving && <ApproveFeed feed={approving} onClose={() => setApproving(undefined)} />}
      </Suspense>
    </>
  );
}
