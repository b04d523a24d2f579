import { keepPreviousData } from '@tanstack/react-query';
import { App } from 'antd';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useTableAddress } from '@/kit/table/address';
import { WorklistPage } from './WorklistPage';

export function Component() {
  const { roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const { cursor, limit, filters } = useTableAddress();
  const listing = queries.useQuery(
    'get',
    '/api/worklist',
    { params: { query: { cursor, limit, of: filters.of === 'office' ? 'office' : 'mine' } } },
    { placeholderData: keepPreviousData },
  );
  const end = queries.useMutation('post', '/api/worklist/{id}/end', {
    onSuccess: () => cache.invalidateQueries(),
    onError: (error) => void message.error(fault(error)),
  });
  return <WorklistPage page={tableOf(listing)} assigns={may(roles, 'assignWork')} onEnd={({ id }) => end.mutate({ params: { path: { id } } })} />;
}
