import { App } from 'antd';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { cache, forget } from '@/api/cache';
import { api, queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { useSecondAsked } from '@/api/second';
import { useStepUpAsked } from '@/api/step-up';
import { useWaits, useWaitsToldBy } from '@/duty/use-waits';
import { useLiveGlasses } from '@/access/live-reasons';
import { useEnded } from '@/access/use-ended';
import { Notice } from '@/kit/Notice';
import { ExportContext, type Exported } from '@/kit/table/exporting';
import { useRow, useText } from '@/language/text';
import { Boundary } from './Broken';
import { useConnection } from './connection';
import { opens } from './menu';
import { may } from './roles';
import { sessionOf } from './who';
import { Shell } from './Shell';

const connect = (url: string) => new EventSource(url);

const signInAgain = () => import('@/identity/SignInAgainRoute');
const SignInAgainRoute = lazy(signInAgain);
const UndertakingBanner = lazy(() => import('@/staff/UndertakingBanner'));
const ExportTool = lazy(() => import('@/output/ExportTool'));
const exportOf = (exported: Exported) => <ExportTool {...exported} />;
const SecondRoute = lazy(() => import('@/privilege/SecondRoute'));
const StepUpRoute = lazy(() => import('@/identity/StepUpRoute'));

/** The shell around every page, with what it knows from the server. */
export function RunningShell({ who }: { who: Schemas['IdentityWho'] }) {
  const session = useMemo(() => sessionOf(who), [who]);
  const open = useMemo(() => opens(session.roles), [session.roles]);
  const { message } = App.useApp();
  const fault = useFault();
  const { pathname } = useLocation();
  const connection = useConnection();
  const [asking, setAsking] = useState(false);
  const toShow = useStepUpAsked();
  const toConfirm = useSecondAsked();
  const glasses = useLiveGlasses();
  const counted = may(session.roles, 'seeDuties');
  const waits = useWaits(counted);
  useWaitsToldBy(connect, counted, useEnded());
  const purpose = queries.useMutation('post', '/api/session/purpose', {
    onSuccess: () => cache.invalidateQueries(),
    onError: (error) => void message.error(fault(error)),
  });
  const withdraw = queries.useMutation('post', '/api/reasons/{id}/withdraw', {
    onSuccess: () => cache.invalidateQueries(),
    onError: (error) => void message.error(fault(error)),
  });
  const retry = () => void cache.invalidateQueries();
  useRetryWhileOffline(retry);
  // It must be here already when the session ends in the middle of writing.
  useEffect(() => void signInAgain(), []);

  const signOut = async () => {
    await api.DELETE('/api/session');
    forget();
    window.location.assign('/');
  };

  return (
    <Shell
      session={session}
      {...(waits && { waits })}
      notices={
        <>
          <FactorNotice waiting={who.waiting ?? []} />
          <Suspense fallback={null}>
            <UndertakingBanner />
          </Suspense>
        </>
      }
      glasses={glasses}
      open={open}
      onPurpose={(chosen) => purpose.mutate({ body: { purpose: chosen } })}
      onSignOut={() => void signOut()}
      onSignInAgain={() => setAsking(true)}
      onRetry={retry}
      onEndGlass={(glass) => withdraw.mutate({ params: { path: { id: glass.id } } })}
    >
      <Boundary resetKey={pathname}>
        <ExportContext value={exportOf}>
          <Outlet />
        </ExportContext>
      </Boundary>
      {toShow && (
        <Suspense fallback={null}>
          <StepUpRoute />
        </Suspense>
      )}
      {toConfirm && (
        <Suspense fallback={null}>
          <SecondRoute key={toConfirm.said} wanted={toConfirm} />
        </Suspense>
      )}
      {connection === 'expired' && asking && (
        <Suspense fallback={null}>
          <SignInAgainRoute session={session} onDone={() => setAsking(false)} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </Shell>
  );
}

/** Says why a post gives nothing yet, and where that can be changed. */
function FactorNotice({ waiting }: { waiting: Schemas['IdentityLabel'][] }) {
  const { t } = useTranslation();
  const text = useText();
  const row = useRow();
  if (waiting.length === 0) return null;
  return (
    <Notice tone="warning" action={<Link to="/me/security">{t('top.enrol')}</Link>}>
      {t('top.waiting', { roles: row(waiting.map(({ name }) => text(name))) })}
    </Notice>
  );
}

const patience = 10_000;

/** Asks again from time to time while the server cannot be reached. */
function useRetryWhileOffline(retry: () => void): void {
  const offline = useConnection() === 'offline';
  useEffect(() => {
    if (!offline) return;
    const timer = setInterval(() => void api.GET('/api/session').then(({ data }) => data && retry(), () => undefined), patience);
    return () => clearInterval(timer);
  });
}
