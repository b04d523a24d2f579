import { App } from 'antd';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Outlet, useLocation } from 'react-router';
import { cache, forget } from '@/api/cache';
import { api, queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { useLiveGlasses } from '@/access/live-reasons';
import { Boundary } from './Broken';
import { useConnection } from './connection';
import { opens } from './menu';
import { sessionOf } from './who';
import { Shell } from './Shell';

const signInAgain = () => import('@/identity/SignInAgainRoute');
const SignInAgainRoute = lazy(signInAgain);

/** The shell around every page, with what it knows from the server. */
export function RunningShell({ who }: { who: Schemas['IdentityWho'] }) {
  const session = useMemo(() => sessionOf(who), [who]);
  const open = useMemo(() => opens(session.roles), [session.roles]);
  const { message } = App.useApp();
  const fault = useFault();
  const { pathname } = useLocation();
  const connection = useConnection();
  const [asking, setAsking] = useState(false);
  const glasses = useLiveGlasses();
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
      glasses={glasses}
      open={open}
      onPurpose={(chosen) => purpose.mutate({ body: { purpose: chosen } })}
      onSignOut={() => void signOut()}
      onSignInAgain={() => setAsking(true)}
      onRetry={retry}
      onEndGlass={(glass) => withdraw.mutate({ params: { path: { id: glass.id } } })}
    >
      <Boundary resetKey={pathname}>
        <Outlet />
      </Boundary>
      {connection === 'expired' && asking && (
        <Suspense fallback={null}>
          <SignInAgainRoute session={session} onDone={() => setAsking(false)} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </Shell>
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
