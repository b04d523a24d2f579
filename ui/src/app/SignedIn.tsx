import { isProblem } from '@/api/problem';
import { PasswordMust } from '@/identity/PasswordRoute';
import { SignInRoute } from '@/identity/SignInRoute';
import { RunningShell } from './RunningShell';
import { Unreachable } from './Unreachable';
import { Waiting } from './Waiting';
import { useWho } from './who';

const unauthenticated = 401;

/** Lets in whoever is signed in, and asks everybody else to sign in at the same address. */
export function SignedIn() {
  const who = useWho();
  if (who.data?.mustChange) return <PasswordMust />;
  if (who.data) return <RunningShell who={who.data} />;
  if (who.isPending) return <Waiting />;
  if (isProblem(who.error) && who.error.status === unauthenticated) return <SignInRoute />;
  return <Unreachable error={who.error} onRetry={() => void who.refetch()} />;
}
