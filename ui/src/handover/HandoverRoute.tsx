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
import { moves, type Step } from './handover';
import { HandoverPage } from './HandoverPage';

const BringReceipt = lazy(() => import('./BringReceipt'));

const lookAgain = 2000;

export function Component() {
  const { t } = useTranslation('handover');
  const { id = '' } = useParams();
  const { person, roles } = useSession();
  const { message, modal } = App.useApp();
  const fault = useFault();
  const [bringing, setBringing] = useState(false);
  const at = { params: { path: { id } } };
  const seen = queries.useQuery('get', '/api/handovers/{id}', at, { refetchInterval: ({ state }) => (moves(state.data) ? lookAgain : false) });
  const settled = { onSuccess: () => cache.invalidateQueries(), onError: (error: unknown) => void message.error(fault(error)) };
  const doing = {
    approve: queries.useMutation('post', '/api/handovers/{id}/approve', settled),
    release: queries.useMutation('post', '/api/handovers/{id}/release', settled),
    supplement: queries.useMutation('post', '/api/handovers/{id}/supplement', settled),
    sign: queries.useMutation('post', '/api/handovers/{id}/sign', settled),
    close: queries.useMutation('post', '/api/handovers/{id}/close', settled),
    stop: queries.useMutation('post', '/api/handovers/{id}/stop', settled),
    again: queries.useMutation('post', '/api/handovers/{id}/again', settled),
    compare: queries.useMutation('post', '/api/handovers/{id}/compare', settled),
    cancel: queries.useMutation('post', '/api/handovers/{id}/compare/cancel', settled),
  } satisfies Record<Step, unknown>;
  const failure = failureOf(seen);
  if (failure) return <NotOpened error={failure} what={t('one')} onRetry={() => void seen.refetch()} />;
  if (!seen.data) return <Waiting />;
  const one = seen.data;
  const go = (step: Step) => {
    const effect: string = t(`effect.${step === 'approve' && one.ground === 'rehearsal' ? 'rehearse' : step}` as never, { defaultValue: '' });
    if (!effect) {
      doing[step].mutate(at);
      return;
    }
    modal.confirm({ title: t(`do.${step}`), content: effect, okText: t(`do.${step}`), okButtonProps: { danger: step === 'stop' }, onOk: () => doing[step].mutate(at) });
  };
  return (
    <>
      <HandoverPage
        handover={one}
        powers={{ me: person, decides: may(roles, 'decideHandovers'), carries: may(roles, 'openHandovers') }}
        busy={Object.values(doing).some(({ isPending }) => isPending)}
        onStep={go}
        onReceipt={() => setBringing(true)}
      />
      {bringing && (
        <Suspense fallback={null}>
          <BringReceipt id={id} onClose={() => setBringing(false)} />
        </Suspense>
      )}
    </>
  );
}
