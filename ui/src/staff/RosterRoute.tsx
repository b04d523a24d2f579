import { useState } from 'react';
import { cache } from '@/api/cache';
import { api, queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { RosterPage, type Plan, type Roster } from './RosterPage';

interface Shown {
  file?: File;
  plan?: Plan;
  taken?: Roster;
  error?: unknown;
}

const asBytes = { bodySerializer: (body: unknown) => body as Blob, headers: { 'Content-Type': 'application/octet-stream' } };

export function Component() {
  const fault = useFault();
  const [shown, setShown] = useState<Shown>({});
  const [busy, setBusy] = useState(false);
  const rosters = queries.useQuery('get', '/api/staff/rosters', {});

  const during = async (work: () => Promise<Shown>) => {
    setBusy(true);
    try {
      setShown(await work());
    } catch (error) {
      setShown({ error });
    } finally {
      setBusy(false);
    }
  };
  const preview = (file: File) =>
    during(async () => {
      const { data, error } = await api.POST('/api/staff/roster/preview', { body: file as never, ...asBytes });
      return data ? { file, plan: data } : { error };
    });
  const apply = (file: File, plan: Plan) =>
    during(async () => {
      const { data, error } = await api.POST('/api/staff/roster', { params: { query: { digest: plan.digest } }, body: file as never, ...asBytes });
      await cache.invalidateQueries();
      return data ? { taken: data } : { file, plan, error };
    });

  const { file, plan, taken, error } = shown;
  return (
    <RosterPage
      file={file?.name}
      plan={plan}
      taken={taken}
      rosters={rosters.data && (rosters.data.items ?? [])}
      busy={busy}
      error={fault(error ?? rosters.error)}
      onFile={(chosen) => void preview(chosen)}
      onApply={() => file && plan && void apply(file, plan)}
      onDrop={() => setShown({})}
    />
  );
}
