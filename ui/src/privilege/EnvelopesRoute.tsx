import { App, Button } from 'antd';
import { keepPreviousData } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useTableAddress } from '@/kit/table/address';
import type { Asked } from './Decide';
import { EnvelopesPage } from './EnvelopesPage';
import type { ShownHalf } from './HalfShown';
import type { Envelope } from './privilege';

const AddEnvelope = lazy(() => import('./AddEnvelope'));
const FillHalf = lazy(() => import('./FillHalf'));
const AskCheckout = lazy(() => import('./AskCheckout'));
const Decide = lazy(() => import('./Decide'));
const HalfShown = lazy(() => import('./HalfShown'));

export function Component() {
  const { t } = useTranslation('privilege');
  const { person, roles } = useSession();
  const { cursor, limit } = useTableAddress();
  const { message } = App.useApp();
  const fault = useFault();
  const [adding, setAdding] = useState(false);
  const [filling, setFilling] = useState<Envelope>();
  const [asking, setAsking] = useState<Envelope>();
  const [deciding, setDeciding] = useState<Asked>();
  const [half, setHalf] = useState<ShownHalf>();
  const envelopes = queries.useQuery('get', '/api/privilege/envelopes', { params: { query: { limit: 200 } } });
  const checkouts = queries.useQuery('get', '/api/privilege/checkouts', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const settled = { onSuccess: () => cache.invalidateQueries(), onError: (error: unknown) => void message.error(fault(error)) };
  const giveBack = queries.useMutation('post', '/api/privilege/checkouts/{id}/return', settled);
  const open = queries.useMutation('post', '/api/privilege/checkouts/{id}/half', {
    ...settled,
    onSuccess: async ({ part, secret }) => {
      setHalf({ part, secret });
      await cache.invalidateQueries();
    },
  });
  const of = (id: string) => ({ params: { path: { id } } });
  const keeps = may(roles, 'keepEnvelopes');
  return (
    <>
      <EnvelopesPage
        envelopes={envelopes.data && (envelopes.data.items ?? [])}
        error={fault(envelopes.error)}
        names={{ ...envelopes.data?.names, ...checkouts.data?.names }}
        checkouts={tableOf(checkouts)}
        me={person}
        keeps={keeps}
        asks={may(roles, 'askPrivilege')}
        seconds={may(roles, 'secondPrivilege')}
        onFill={setFilling}
        onAsk={setAsking}
        onDecide={({ id, envelope }) => setDeciding({ id, of: 'checkout', what: envelopes.data?.items?.find((one) => one.id === envelope)?.name ?? envelope })}
        onOpen={({ id }) => open.mutate(of(id))}
        onReturn={({ id }) => giveBack.mutate(of(id))}
        actions={
          keeps && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('envelopes.add')}
            </Button>
          )
        }
      />
      <Suspense fallback={null}>
        {adding && <AddEnvelope onClose={() => setAdding(false)} />}
        {filling && <FillHalf envelope={filling} onClose={() => setFilling(undefined)} />}
        {asking && <AskCheckout envelope={asking} onClose={() => setAsking(undefined)} />}
        {deciding && <Decide asked={deciding} onClose={() => setDeciding(undefined)} />}
        {half && <HalfShown half={half} onClose={() => setHalf(undefined)} />}
      </Suspense>
    </>
  );
}
