import { App } from 'antd';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useTableAddress } from '@/kit/table/address';
import { ReasonsPage, type Listed } from './ReasonsPage';

export function Component() {
  const { roles } = useSession();
  const { cursor, limit, filters } = useTableAddress();
  const { message } = App.useApp();
  const fault = useFault();
  const [open, setOpen] = useState<Listed>();
  const choices = queries.useQuery('get', '/api/reason-choices', {}, { staleTime: Infinity });
  const listing = queries.useQuery(
    'get',
    '/api/reasons',
    { params: { query: { cursor, limit, waiting: filters.waiting === 'yes' ? true : undefined } } },
    { placeholderData: keepPreviousData },
  );
  const done = {
    onSuccess: async () => {
      setOpen(undefined);
      await cache.invalidateQueries();
    },
    onError: (error: unknown) => void message.error(fault(error)),
  };
  const review = queries.useMutation('post', '/api/reasons/{id}/review', done);
  const end = queries.useMutation('post', '/api/reasons/{id}/withdraw', done);
  return (
    <ReasonsPage
      page={tableOf(listing)}
      choices={choices.data?.choices ?? []}
      open={open}
      busy={review.isPending || end.isPending}
      onOpen={setOpen}
      onClose={() => setOpen(undefined)}
      onReview={may(roles, 'reviewReasons') ? ({ id }, verdict) => review.mutate({ params: { path: { id } }, body: { verdict } }) : undefined}
      onEnd={may(roles, 'endReasons') ? ({ id }) => end.mutate({ params: { path: { id } } }) : undefined}
      traces={may(roles, 'searchLedger')}
    />
  );
}
