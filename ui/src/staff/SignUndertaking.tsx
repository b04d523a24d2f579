import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import type { Undertaking } from './promise';
import { UndertakingDialog } from './UndertakingDialog';

/** Reads and signs an undertaking oneself. */
export default function SignUndertaking({ undertaking, onClose }: { undertaking: Undertaking; onClose: () => void }) {
  const fault = useFault();
  const sign = queries.useMutation('post', '/api/undertakings/{id}/sign', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  return (
    <UndertakingDialog undertaking={undertaking} busy={sign.isPending} error={fault(sign.error)} onSign={() => sign.mutate({ params: { path: { id: undertaking.id } } })} onClose={onClose} />
  );
}
