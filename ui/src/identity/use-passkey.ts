import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useFault } from '@/api/fault';
import { makePasskey, showPasskey } from './passkeys';

/** One ceremony at a time: what the browser or the server did not accept is said in the reader's language. */
function useCeremony() {
  const { t } = useTranslation('identity');
  const fault = useFault();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const run = async (ceremony: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    try {
      await ceremony();
    } catch (problem) {
      setError(problem instanceof DOMException ? t('passkey.stopped') : fault(problem));
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, run };
}

function refused(problem: unknown): never {
  throw problem;
}

/** Begins a ceremony of showing a passkey and returns what is sent to the server. */
export async function shownPasskey(): Promise<{ ceremony: string; passkey: unknown }> {
  const begun = await api.POST('/api/session/passkey/begin');
  if (!begun.data) refused(begun.error);
  return { ceremony: begun.data.ceremony, passkey: await showPasskey(begun.data.options) };
}

/** Signs in with a passkey. */
export function usePasskeySignIn(onIn: () => void) {
  const { busy, error, run } = useCeremony();
  const signIn = () =>
    run(async () => {
      const { error: problem } = await api.POST('/api/session/passkey', { body: await shownPasskey() });
      if (problem) refused(problem);
      onIn();
    });
  return { busy, error, signIn };
}

/** Enrols a passkey, with the recovery codes that are shown once. */
export function usePasskeyEnrolment(onEnrolled: (codes: string[]) => void) {
  const { busy, error, run } = useCeremony();
  const enrol = (label: string) =>
    run(async () => {
      const begun = await api.POST('/api/identity/factors/passkeys', { body: { label } });
      if (!begun.data) refused(begun.error);
      const passkey = await makePasskey(begun.data.options);
      const made = await api.POST('/api/identity/factors/passkeys/confirm', { body: { ceremony: begun.data.ceremony, passkey } });
      if (!made.data) refused(made.error);
      onEnrolled(made.data.recoveryCodes ?? []);
    });
  return { busy, error, enrol };
}
