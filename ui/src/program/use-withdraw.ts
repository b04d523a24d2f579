import { App } from 'antd';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import type { Allowed } from './AllowedTable';

/** Takes back what a program was allowed. */
export function useWithdraw(): { withdraw: (allowed: Allowed) => void; busy: string | undefined } {
  const { message } = App.useApp();
  const fault = useFault();
  const withdraw = queries.useMutation('post', '/api/apps/allowed/{id}/withdraw', {
    onSuccess: () => cache.invalidateQueries(),
    onError: (error) => void message.error(fault(error)),
  });
  return {
    withdraw: ({ id }) => withdraw.mutate({ params: { path: { id } } }),
    busy: withdraw.isPending ? withdraw.variables.params.path.id : undefined,
  };
}
