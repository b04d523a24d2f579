import { useFault } from '@/api/fault';
import { forget } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { SignIn } from './SignIn';

/** Signs in at the address that was asked for, and shows it then. */
export default function SignInRoute() {
  const fault = useFault();
  const demo = queries.useQuery('get', '/api/session/demo-people', {}, { staleTime: Infinity });
  const signIn = queries.useMutation('post', '/api/session', { onSuccess: forget });
  const enter = (body: Schemas['IdentitySignIn']) => signIn.mutate({ body }, { onSuccess: () => window.location.reload() });
  return (
    <SignIn
      undecided={demo.isPending}
      {...(demo.data && { demoPeople: demo.data.items ?? [] })}
      busy={signIn.isPending}
      error={fault(signIn.error)}
      onSignIn={(name, password) => enter({ name, password })}
      onBecome={(person) => enter({ person })}
    />
  );
}
