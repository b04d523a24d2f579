import { useNavigate } from 'react-router';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { tableOf } from '@/api/table';
import { useTableAddress } from '@/kit/table/address';
import { InspectionPage } from './InspectionPage';

export function Component() {
  const fault = useFault();
  const navigate = useNavigate();
  const { cursor, limit } = useTableAddress();
  const draws = queries.useQuery('get', '/api/inspection/draws', { params: { query: { limit, ...(cursor && { cursor }) } } });
  const prepare = queries.useMutation('post', '/api/inspection/draws', {
    onSuccess: async ({ id }) => {
      await navigate(`/inspection/${id}`);
      await cache.invalidateQueries();
    },
  });
  return (
    <InspectionPage
      page={tableOf(draws)}
      names={draws.data?.names ?? {}}
      busy={prepare.isPending}
      error={fault(prepare.error)}
      onPrepare={(body) => prepare.mutate({ body })}
    />
  );
}
