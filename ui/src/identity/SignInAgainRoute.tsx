import { useState } from 'react';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { useText } from '@/language/text';
import type { Session } from '@/app/session';
import { faultOf, wantsCode } from './second-step';
import { SignInAgain } from './SignInAgain';

interface SignInAgainRouteProps {
  session: Session;
  onDone: () => void;
  onClose: () => void;
}

/** Signs the same person in again; what stands on the page then goes on. */
export default function SignInAgainRoute({ session, onDone, onClose }: SignInAgainRouteProps) {
  const text = useText();
  const fault = useFault();
  const [password, setPassword] = useState('');
  const [second, setSecond] = useState(false);
  const signIn = queries.useMutation('post', '/api/session', {
    onError: (error) => setSecond((before) => before || wantsCode(error)),
    onSuccess: async () => {
      await cache.invalidateQueries();
      onDone();
    },
  });
  return (
    <SignInAgain
      open
      name={text(session.name)}
      demo={session.demo}
      busy={signIn.isPending}
      error={fault(faultOf(signIn.error))}
      second={second}
      onCode={(code) => signIn.mutate({ body: { name: session.number, password, code } })}
      onSignIn={(given) => {
        setPassword(given);
        signIn.mutate({ body: session.demo ? { person: session.person } : { name: session.number, password: given } });
      }}
      onClose={onClose}
    />
  );
}
