import { keepPreviousData } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useTableAddress } from '@/kit/table/address';
import { IssuesPage } from './IssuesPage';
import type { AccountIssue, AccountSystem } from './sysaccount';

const Dispose = lazy(() => import('./Dispose'));
const TakeList = lazy(() => import('./TakeList'));
const MapRoles = lazy(() => import('./MapRoles'));
const MapList = lazy(() => import('./MapList'));

export function Component() {
  const { roles } = useSession();
  const fault = useFault();
  const { cursor, limit, filters } = useTableAddress();
  const [disposing, setDisposing] = useState<AccountIssue>();
  const [taking, setTaking] = useState<AccountSystem>();
  const [ruling, setRuling] = useState<AccountSystem>();
  const [mapping, setMapping] = useState<AccountSystem | 'new'>();
  const systems = queries.useQuery('get', '/api/system-accounts/systems', {});
  const query = { cursor, limit, state: (filters.state ?? 'open') as AccountIssue['state'], ...(filters.source && { source: filters.source }) };
  const issues = queries.useQuery('get', '/api/system-accounts/issues', { params: { query } }, { placeholderData: keepPreviousData });
  const keeps = may(roles, 'keepAccessLogs');
  return (
    <>
      <IssuesPage
        systems={systems.data?.systems}
        error={fault(systems.error)}
        names={{ ...systems.data?.names, ...issues.data?.names }}
        issues={tableOf(issues)}
        onDispose={may(roles, 'confirmSystemRights') ? setDisposing : undefined}
        onTake={keeps ? setTaking : undefined}
        onRoles={keeps ? setRuling : undefined}
        onMap={keeps ? setMapping : undefined}
      />
      <Suspense fallback={null}>
        {disposing && <Dispose issue={disposing} onClose={() => setDisposing(undefined)} />}
        {taking && <TakeList system={taking} onClose={() => setTaking(undefined)} />}
        {ruling && <MapRoles system={ruling} onClose={() => setRuling(undefined)} />}
        {mapping && <MapList system={mapping === 'new' ? undefined : mapping} onClose={() => setMapping(undefined)} />}
      </Suspense>
    </>
  );
}
