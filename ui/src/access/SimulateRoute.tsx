import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { usePeople } from '@/staff/use-people';
import { useKnownPatient } from './live-reasons';
import { SimulatePage } from './SimulatePage';

export function Component() {
  const fault = useFault();
  const trial = queries.useMutation('post', '/api/policy/simulate');
  return (
    <SimulatePage
      trial={trial.data}
      people={usePeople((trial.data?.changed ?? []).map(({ person }) => person))}
      patientName={useKnownPatient()}
      busy={trial.isPending}
      error={fault(trial.error)}
      onTry={({ day, ...change }) => trial.mutate({ body: { ...change, day: day.startOf('day').add(12, 'hour').toISOString() } })}
    />
  );
}
