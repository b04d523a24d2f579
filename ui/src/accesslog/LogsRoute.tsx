import { keepPreviousData } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useTableAddress } from '@/kit/table/address';
import type { LogFinding, LogSource } from './accesslog';
import { LogsPage } from './LogsPage';

const HandIn = lazy(() => import('./HandIn'));
const WriteMapping = lazy(() => import('./WriteMapping'));
const Settle = lazy(() => import('./Settle'));

/** How often runs that are under way are asked about, in milliseconds. */
const asking = 3000;

export function Component() {
  const { roles } = useSession();
  const fault = useFault();
  const { cursor, limit } = useTableAddress();
  const [handing, setHanding] = useState<LogSource>();
  const [mapping, setMapping] = useState<LogSource | 'new'>();
  const [settling, setSettling] = useState<LogFinding>();
  const sources = queries.useQuery('get', '/api/access-logs/sources', {});
  const runs = queries.useQuery(
    'get',
    '/api/access-logs/runs',
    { params: { query: { limit: 10 } } },
    { refetchInterval: (query) => ((query.state.data?.items ?? []).some(({ state }) => state === 'matching') ? asking : false) },
  );
  const findings = queries.useQuery('get', '/api/access-logs/findings', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const keeps = may(roles, 'keepAccessLogs');
  return (
    <>
      <LogsPage
        sources={sources.data?.sources}
        error={fault(sources.error)}
        names={{ ...sources.data?.names, ...findings.data?.names }}
        runs={runs.data?.items ?? undefined}
        findings={tableOf(findings)}
        watches={may(roles, 'seeReported')}
        onHandIn={keeps ? setHanding : undefined}
        onMap={keeps ? setMapping : undefined}
        onSettle={keeps ? setSettling : undefined}
      />
      <Suspense fallback={null}>
        {handing && <HandIn source={handing} onClose={() => setHanding(undefined)} />}
        {mapping && <WriteMapping source={mapping === 'new' ? undefined : mapping} presets={sources.data?.presets ?? []} onClose={() => setMapping(undefined)} />}
        {settling && <Settle finding={settling} onClose={() => setSettling(undefined)} />}
      </Suspense>
    </>
  );
}
