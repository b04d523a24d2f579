import { lazy, Suspense } from 'react';
import { isProblem } from '@/api/problem';
import { RunningShell } from './RunningShell';
import { Unreachable } from './Unreachable';
import { Starting } from './Starting';
import { useWho } from './who';

const SignInRoute = lazy(() => import('@/identity/SignInRoute'));
const PasswordMust = lazy(() => import('@/identity/PasswordRoute').then(({ PasswordMust }) => ({ default: PasswordMust })));

const unauthenticated = 401;

/** Lets in whoever is signed in, and asks everybody else to sign in at the same address. */
export function SignedIn() {
  return (
    <Suspense fallback={<Starting />}>
      <Entrance />
    </Suspense>
  );
}

function Entrance() {
  const who = useWho();
  if (who.data?.mustChange) return <PasswordMust />;
  if (who.data) return <RunningShell who={who.data} />;
  if (who.isPending) return <Starting />;
  if (isProblem(who.error) && who.error.status === unauthenticated) return <SignInRoute />;
  return <Unreachable error={who.error} onRetry={() => void who.refetch()} />;
}
