import { App } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { ChangePage } from './ChangePage';
import type { ChangeStep } from './privilege';

const EndChange = lazy(() => import('./EndChange'));

export function Component() {
  const { t } = useTranslation('privilege');
  const { id = '' } = useParams();
  const { person, roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const [ending, setEnding] = useState<'close' | 'refuse'>();
  const params = { params: { path: { id } } };
  const seen = queries.useQuery('get', '/api/privilege/changes/{id}', params);
  const settled = { onSuccess: () => cache.invalidateQueries(), onError: (error: unknown) => void message.error(fault(error)) };
  const review = queries.useMutation('post', '/api/privilege/changes/{id}/review', settled);
  const approve = queries.useMutation('post', '/api/privilege/changes/{id}/approve', settled);
  const begin = queries.useMutation('post', '/api/privilege/changes/{id}/begin', settled);
  const failure = failureOf(seen);
  if (failure) return <NotOpened error={failure} what={t('changes.title')} onRetry={() => void seen.refetch()} />;
  if (!seen.data) return <Waiting />;
  const doers: Record<ChangeStep, () => void> = {
    review: () => review.mutate(params),
    approve: () => approve.mutate(params),
    begin: () => begin.mutate(params),
    close: () => setEnding('close'),
  };
  return (
    <>
      <ChangePage
        change={seen.data}
        me={person}
        decides={may(roles, 'decidePrivilege')}
        busy={review.isPending || approve.isPending || begin.isPending}
        onStep={(step) => doers[step]()}
        onRefuse={() => setEnding('refuse')}
      />
      <Suspense fallback={null}>{ending && <EndChange id={id} way={ending} onClose={() => setEnding(undefined)} />}</Suspense>
    </>
  );
}
