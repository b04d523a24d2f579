import { useState } from 'react';
import { forget } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { isProblem } from '@/api/problem';
import { useWho } from '@/app/who';
import { LockedRoute } from './LockedRoute';
import { OtherWaysRoute } from './OtherWaysRoute';
import { faultOf, wantsCode } from './second-step';
import { SignIn } from './SignIn';

const locked = 'identity.locked';

/** Signs in at the address that was asked for, and shows it then. A locked screen is unlocked, or left to somebody else. */
export default function SignInRoute() {
  const [other, setOther] = useState(false);
  const { error } = useWho();
  return isProblem(error) && error.code === locked && !other ? <LockedRoute onOther={() => setOther(true)} /> : <SignInForm />;
}

function SignInForm() {
  const fault = useFault();
  const [given, setGiven] = useState<Schemas['IdentitySignIn']>();
  const [second, setSecond] = useState(false);
  const demo = queries.useQuery('get', '/api/session/demo-people', {}, { staleTime: Infinity });
  const signIn = queries.useMutation('post', '/api/session', { onSuccess: forget, onError: (error) => setSecond((before) => before || wantsCode(error)) });
  const offered = queries.useQuery('get', '/api/session/ways', {}, { staleTime: Infinity });
  const send = queries.useMutation('post', '/api/session/code', { onSuccess: () => setSecond(true) });
  const enter = (body: Schemas['IdentitySignIn']) => {
    setGiven(body);
    signIn.mutate({ body }, { onSuccess: () => window.location.reload() });
  };
  return (
    <SignIn
      undecided={demo.isPending}
      {...(demo.data && { demoPeople: demo.data.items ?? [] })}
      busy={signIn.isPending || send.isPending}
      error={fault(faultOf(signIn.error ?? send.error))}
      second={second}
      sent={send.isSuccess}
      onCode={(code) => enter({ ...given, code })}
      onBack={() => {
        setSecond(false);
        signIn.reset();
        send.reset();
      }}
      onSignIn={(name, password) => enter({ name, password })}
      onMessage={
        offered.data?.items?.some(({ kind }) => kind === 'sms')
          ? (name, password) => {
              setGiven({ name, password });
              signIn.reset();
              send.mutate({ body: { name, password } }, { onError: (error) => setSecond(wantsCode(error)) });
            }
          : undefined
      }
      onBecome={(person) => enter({ person })}
      others={<OtherWaysRoute />}
    />
  );
}
