import { App, Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { Waiting } from '@/app/Waiting';
import { ChannelsPage } from './ChannelsPage';
import { OrderFrame } from './OrderFrame';
import { useNames } from './use-names';

const NewChannel = lazy(() => import('./NewChannel'));

export function Component() {
  const { t } = useTranslation('duty');
  const { message } = App.useApp();
  const fault = useFault();
  const known = queries.useQuery('get', '/api/duty/channels', {});
  const nameOf = useNames((known.data?.messages ?? []).flatMap(({ person }) => (person ? [person] : [])));
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
      ) : known.data ? (
        <ChannelsPage channels={known.data.items ?? []} messages={known.data.messages ?? []} nameOf={nameOf} onStop={({ id }) => stop.mutate({ params: { path: { id } } })} />
      ) : (
        <Waiting />
      )}
    </OrderFrame>
  );
}
