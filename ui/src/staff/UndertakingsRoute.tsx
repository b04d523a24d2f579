import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { LinkButton } from '@/kit/LinkButton';
import { unsigned, type Undertaking } from './promise';
import { UndertakingDialog } from './UndertakingDialog';
import { UndertakingsPage } from './UndertakingsPage';

const SignUndertaking = lazy(() => import('./SignUndertaking'));
const PublishUndertaking = lazy(() => import('./PublishUndertaking'));

export function Component() {
  const { t } = useTranslation('staff');
  const { roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const [reading, setReading] = useState<Undertaking>();
  const [publishing, setPublishing] = useState(false);
  const keeps = may(roles, 'keepUndertakings');
  const mine = queries.useQuery('get', '/api/undertakings/mine', {});
  const published = queries.useQuery('get', '/api/undertakings', {}, { enabled: keeps });
  const withdraw = queries.useMutation('post', '/api/undertakings/{id}/withdraw', {
    onSuccess: () => cache.invalidateQueries(),
    onError: (error) => void message.error(fault(error)),
  });
  const toSign = reading && unsigned(mine.data?.items ?? []).some(({ undertaking }) => undertaking.id === reading.id);
  const close = () => setReading(undefined);
  return (
    <>
      <UndertakingsPage
        mine={mine.data && (mine.data.items ?? [])}
        published={published.data && (published.data.items ?? [])}
        keeps={keeps}
        error={fault(mine.error ?? published.error)}
        actions={
          keeps && (
            <>
              <LinkButton to="/staff/reconciliation?kind=no-undertaking">{t('undertakings.unsigned')}</LinkButton>
              <Button type="primary" onClick={() => setPublishing(true)}>
                {t('undertakings.publish')}
              </Button>
            </>
          )
        }
        onRead={setReading}
        onWithdraw={({ id }) => withdraw.mutate({ params: { path: { id } } })}
      />
      <Suspense fallback={null}>
        {reading && toSign && <SignUndertaking undertaking={reading} onClose={close} />}
        {reading && !toSign && <UndertakingDialog undertaking={reading} onClose={close} />}
        {publishing && <PublishUndertaking onClose={() => setPublishing(false)} />}
      </Suspense>
    </>
  );
}
