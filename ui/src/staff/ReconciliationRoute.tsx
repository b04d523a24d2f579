import { useSearchParams } from 'react-router';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { ReconciliationPage } from './ReconciliationPage';

export function Component() {
  const fault = useFault();
  const [address, setAddress] = useSearchParams();
  const found = queries.useQuery('get', '/api/staff/reconciliation', {});
  return (
    <ReconciliationPage
      found={found.data}
      error={fault(found.error)}
      kind={address.get('kind') ?? undefined}
      onKind={(kind) => setAddress(kind ? { kind } : {}, { replace: true })}
    />
  );
}
