import { App, Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { tableOf } from '@/api/table';
import { most, onwards, useWhole } from '@/api/whole';
import { Waiting } from '@/app/Waiting';
import { useTableAddress } from '@/kit/table/address';
import { ChannelsPage } from './ChannelsPage';
import { OrderFrame } from './OrderFrame';
import { useNames } from './use-names';

const NewChannel = lazy(() => import('./NewChannel'));

export function Component() {
  const { t } = useTranslation('duty');
  const { message } = App.useApp();
  const fault = useFault();
  const { cursor, limit } = useTableAddress();
  const known = queries.useInfiniteQuery('get', '/api/duty/channels', { params: { query: { limit: most } } }, onwards);
  const channels = useWhole(known);
  const messages = queries.useQuery('get', '/api/duty/messages', { params: { query: { cursor, limit } } });
  const nameOf = useNames((messages.data?.items ?? []).flatMap(({ person }) => (person ? [person] : [])));
  const stop = queries.useMutation('post', '/api/duty/channels/{id}/stop', {
    onSuccess: () => cache.invalidateQueries(),
    onError: (error) => void message.error(fault(error)),
  });
  const failure = failureOf(known);
  return (
    <OrderFrame
      tab="channels"
      actions={
        <Suspense fallback={<Button type="primary">{t('channels.new')}</Button>}>
          <NewChannel />
        </Suspense>
      }
    >
      {failure ? (
        <NotOpened error={failure} what={t('channels.title')} onRetry={() => void known.refetch()} />
      ) : channels ? (
        <ChannelsPage channels={channels} messages={tableOf(messages)} nameOf={nameOf} onStop={({ id }) => stop.mutate({ params: { path: { id } } })} />
      ) : (
        <Waiting />
      )}
    </OrderFrame>
  );
}
