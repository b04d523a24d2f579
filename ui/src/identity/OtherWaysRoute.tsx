import { forget } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Notice } from '@/kit/Notice';
import { OtherWays } from './OtherWays';
import { knowsPasskeys } from './passkeys';
import { usePasskeySignIn } from './use-passkey';

/** The address that was asked for is shown once somebody is signed in. */
function enter(): void {
  forget();
  window.location.reload();
}

/** Offers what the hospital has set, and carries it out. */
export function OtherWaysRoute() {
  const fault = useFault();
  const offered = queries.useQuery('get', '/api/session/ways', {}, { staleTime: Infinity });
  const passkey = usePasskeySignIn(enter);
  const provider = queries.useMutation('post', '/api/session/provider/begin', { onSuccess: ({ address }) => window.location.assign(address) });
  const certificate = queries.useMutation('post', '/api/session/certificate', { onSuccess: enter });
  const error = passkey.error ?? fault(provider.error ?? certificate.error);
  return (
    <>
      {error && <Notice tone="error">{error}</Notice>}
      <OtherWays
        ways={offered.data?.items ?? []}
        onPasskey={offered.data?.passkeys && knowsPasskeys() ? () => void passkey.signIn() : undefined}
        onProvider={({ id }) => provider.mutate({ body: { way: id } })}
        onCertificate={() => certificate.mutate({ body: {} })}
        busy={passkey.busy || provider.isPending || certificate.isPending}
      />
    </>
  );
}
