import { App } from 'antd';
import { lazy, Suspense, useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { useText } from '@/language/text';
import type { OfferedWay } from './OtherWays';

const Scan = lazy(() => import('./Scan'));
const SignText = lazy(() => import('./SignText'));

interface BindProps {
  way: OfferedWay;
  onClose: () => void;
}

/** Binds a certificate to the reader's account that a telephone or a token's software shows. */
export function Bind({ way, onClose }: BindProps) {
  const { t } = useTranslation('identity');
  const text = useText();
  const title = t('links.bindable', { name: text(way.name) });
  return <Suspense fallback={null}>{way.kind === 'scan' ? <BindScan title={title} onClose={onClose} /> : <BindSM2 title={title} onClose={onClose} />}</Suspense>;
}

/** What happens once it is bound, and when it could not be begun. */
function useBinding(onClose: () => void) {
  const { t } = useTranslation('identity');
  const { message } = App.useApp();
  const fault = useFault();
  return {
    bound: async () => {
      onClose();
      void message.success(t('links.done'));
      await cache.invalidateQueries();
    },
    failed: (error: unknown) => {
      onClose();
      void message.error(fault(error));
    },
  };
}

function BindScan({ title, onClose }: { title: string; onClose: () => void }) {
  const fault = useFault();
  const { bound, failed } = useBinding(onClose);
  const begin = queries.useMutation('post', '/api/identity/links/scan/begin', { onError: failed });
  const bind = queries.useMutation('post', '/api/identity/links/scan', { onSuccess: bound });
  const { mutate: start } = begin;
  const { mutate: finish } = bind;
  useEffect(() => start({}), [start]);
  const onSigned = useCallback((ceremony: string) => finish({ body: { ceremony } }), [finish]);
  if (!begin.data) return null;
  const again = () => {
    bind.reset();
    start({});
  };
  return <Scan key={begin.data.ceremony} kind="scan" title={title} shown={begin.data} error={fault(bind.error)} onSigned={onSigned} onAgain={again} onClose={onClose} />;
}

function BindSM2({ title, onClose }: { title: string; onClose: () => void }) {
  const fault = useFault();
  const { bound, failed } = useBinding(onClose);
  const begin = queries.useMutation('post', '/api/identity/links/sm2/begin', { onError: failed });
  const bind = queries.useMutation('post', '/api/identity/links/sm2', { onSuccess: bound, onError: () => begin.mutate({}) });
  const { mutate: start } = begin;
  useEffect(() => start({}), [start]);
  const asked = begin.data;
  if (!asked) return null;
  return <SignText title={title} asked={asked} withCode={false} busy={bind.isPending} error={fault(bind.error)} onSigned={({ chain, signature }) => bind.mutate({ body: { ceremony: asked.ceremony, chain, signature } })} onClose={onClose} />;
}
