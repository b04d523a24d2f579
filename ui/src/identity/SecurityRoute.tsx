import { App, Modal } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NotOpened } from '@/access/NotOpened';
import { cache, forget } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { useWho } from '@/app/who';
import { Code } from '@/kit/Code';
import styles from './ChangePassword.module.css';
import { AskWindow } from './AskWindow';
import { EnrolPasskey } from './EnrolPasskey';
import { Bind } from './Bind';
import type { OfferedWay } from './OtherWays';
import { knowsPasskeys } from './passkeys';
import { RecoveryCodes } from './RecoveryCodes';
import { bindsKey } from './returning';
import { SecurityPage } from './SecurityPage';
import { ShowForm } from './ShowForm';
import { hasNoPassword, useAsks } from './use-asks';
import { useChanging } from './use-changing';

const Enrol = lazy(() => import('./Enrol'));
const EnrolFace = lazy(() => import('./EnrolFace'));

export function Component() {
  const { t } = useTranslation('identity');
  const { message } = App.useApp();
  const fault = useFault();
  const { data: who } = useWho();
  const [enrolling, setEnrolling] = useState(false);
  const [enrollingKey, setEnrollingKey] = useState(false);
  const [leaking, setLeaking] = useState(false);
  const [enrollingFace, setEnrollingFace] = useState(false);
  const [binding, setBinding] = useState<OfferedWay>();
  const [codes, setCodes] = useState<string[]>();
  const factors = queries.useQuery('get', '/api/identity/factors', {}, { staleTime: 0 });
  const sessions = queries.useQuery('get', '/api/identity/sessions', {}, { staleTime: 0 });
  const password = useChanging(() => {
    void message.success(t('change.done'));
    void cache.invalidateQueries();
  });
  const failed = { onError: (error: unknown) => void message.error(fault(error)) };
  const renewed = { ...failed, onSuccess: () => cache.invalidateQueries() };
  const endFactor = queries.useMutation('delete', '/api/identity/factors/{id}', renewed);
  const renew = queries.useMutation('post', '/api/identity/recovery-codes', { ...failed, onSuccess: ({ recoveryCodes }) => showCodes(recoveryCodes) });
  const endSession = queries.useMutation('delete', '/api/identity/sessions/{id}', renewed);
  const endAll = queries.useMutation('delete', '/api/sessions', { ...failed, onSuccess: startAgain });
  const lock = queries.useMutation('post', '/api/identity/lock', { ...failed, onSuccess: startAgain });
  const offered = queries.useQuery('get', '/api/session/ways', {});
  const links = queries.useQuery('get', '/api/identity/links', {}, { staleTime: 0 });
  const endLink = queries.useMutation('post', '/api/identity/links/{id}/end', renewed);
  const faces = queries.useQuery('get', '/api/identity/faces', {}, { staleTime: 0 });
  const eraseFace = queries.useMutation('post', '/api/identity/faces/{id}/end', renewed);
  const bindCertificate = queries.useMutation('post', '/api/identity/links/certificate', renewed);
  const bindProvider = queries.useMutation('post', '/api/identity/links/provider/begin', {
    ...failed,
    onSuccess: ({ address }) => {
      window.sessionStorage.setItem(bindsKey, '1');
      window.location.assign(address);
    },
  });
  const showCodes = (fresh: string[] | null) => {
    setEnrolling(false);
    setEnrollingKey(false);
    setCodes(fresh ?? []);
    void cache.invalidateQueries();
  };
  const failure = failureOf(factors);
  if (failure) return <NotOpened error={failure} what={t('security.title')} onRetry={() => void factors.refetch()} />;
  return (
    <>
      <SecurityPage
        password={who && !hasNoPassword(who) ? password : undefined}
        goodUntil={who?.passwordUntil}
        remind={who?.remind === true}
        waiting={who?.waiting ?? []}
        factors={factors.data?.items ?? undefined}
        codesLeft={factors.data?.codesLeft ?? 0}
        sessions={sessions.data?.items ?? undefined}
        onEnrol={() => setEnrolling(true)}
        onEnrolPasskey={offered.data?.passkeys && knowsPasskeys() ? () => setEnrollingKey(true) : undefined}
        onLock={() => lock.mutate({})}
        bound={{
          links: links.data?.items ?? undefined,
          ways: offered.data?.items ?? [],
          onBind: (way) => {
            if (way.kind === 'provider') bindProvider.mutate({ body: { way: way.id } });
            else if (way.kind === 'certificate') bindCertificate.mutate({});
            else setBinding(way);
          },
          onEnd: ({ id }, why) => endLink.mutate({ params: { path: { id } }, body: { why } }),
        }}
        face={{
          faces: faces.data?.items ?? undefined,
          terms: faces.data?.terms,
          onEnrol: () => setEnrollingFace(true),
          onErase: ({ id }) => eraseFace.mutate({ params: { path: { id } } }),
        }}
        onEndFactor={({ id }) => endFactor.mutate({ params: { path: { id } } })}
        onRenewCodes={() => renew.mutate({})}
        onEndSession={({ id }) => endSession.mutate({ params: { path: { id } } })}
        onEndAll={() => endAll.mutate({})}
        onLeak={() => setLeaking(true)}
        askWindow={<AskWindow forAnother={false} />}
      />
      {enrolling && (
        <Suspense fallback={null}>
          <Enrol onClose={() => setEnrolling(false)} onEnrolled={showCodes} />
        </Suspense>
      )}
      {enrollingFace && faces.data?.terms && (
        <Suspense fallback={null}>
          <EnrolFace terms={faces.data.terms} onEnrolled={() => void cache.invalidateQueries()} onClose={() => setEnrollingFace(false)} />
        </Suspense>
      )}
      {enrollingKey && <EnrolPasskey onClose={() => setEnrollingKey(false)} onEnrolled={showCodes} />}
      {codes && <RecoveryCodes codes={codes} name={who?.number ?? ''} onClose={() => setCodes(undefined)} />}
      {binding && <Bind way={binding} onClose={() => setBinding(undefined)} />}
      {leaking && <Leak onClose={() => setLeaking(false)} />}
    </>
  );
}

function startAgain(): void {
  forget();
  window.location.assign('/');
}

/** Voids a password that somebody may know; its holder is shown a new one. */
function Leak({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('identity');
  const fault = useFault();
  const asks = useAsks();
  const leak = queries.useMutation('post', '/api/identity/leak');
  const fresh = leak.data?.password;
  return (
    <Modal open mask={{ closable: false }} onCancel={fresh ? startAgain : onClose} footer={null} width={440} title={t('leak.title')}>
      <p className={styles.lead}>{fresh ? t('leak.fresh') : t('leak.consequence')}</p>
      {fresh ? (
        <Code value={fresh} copyable />
      ) : (
        asks && <ShowForm asks={asks} busy={leak.isPending} error={fault(leak.error)} submit={t('leak.submit')} danger onShow={(body) => leak.mutate({ body })} />
      )}
    </Modal>
  );
}
