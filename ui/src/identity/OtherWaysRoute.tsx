import { lazy, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { forget } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Notice } from '@/kit/Notice';
import { OtherWays } from './OtherWays';
import { knowsPasskeys } from './passkeys';
import { usePasskeySignIn } from './use-passkey';

const FaceSignIn = lazy(() => import('./FaceSignIn'));
const Scan = lazy(() => import('./Scan'));
const SignText = lazy(() => import('./SignText'));

/** The address that was asked for is shown once somebody is signed in. */
function enter(): void {
  forget();
  window.location.reload();
}

/** Offers what the hospital has set, and carries it out. */
export function OtherWaysRoute() {
  const { t } = useTranslation('identity');
  const fault = useFault();
  const [open, setOpen] = useState<'scan' | 'sm2' | 'face'>();
  const offered = queries.useQuery('get', '/api/session/ways', {}, { staleTime: Infinity });
  const passkey = usePasskeySignIn(enter);
  const provider = queries.useMutation('post', '/api/session/provider/begin', { onSuccess: ({ address }) => window.location.assign(address) });
  const certificate = queries.useMutation('post', '/api/session/certificate', { onSuccess: enter });
  const beginScan = queries.useMutation('post', '/api/session/scan/begin', { onSuccess: () => setOpen('scan') });
  const scan = queries.useMutation('post', '/api/session/scan', { onSuccess: enter });
  const beginSM2 = queries.useMutation('post', '/api/session/sm2/begin', { onSuccess: () => setOpen('sm2') });
  const sm2 = queries.useMutation('post', '/api/session/sm2', { onSuccess: enter, onError: () => beginSM2.mutate({}) });
  const { mutate: enterByScan } = scan;
  const onScanned = useCallback((ceremony: string) => enterByScan({ body: { ceremony } }), [enterByScan]);
  const startScan = () => {
    scan.reset();
    beginScan.mutate({ body: {} });
  };
  const close = () => setOpen(undefined);
  const error = passkey.error ?? fault(provider.error ?? certificate.error ?? beginScan.error ?? beginSM2.error);
  const asked = beginSM2.data;
  return (
    <>
      {error && <Notice tone="error">{error}</Notice>}
      <OtherWays
        ways={offered.data?.items ?? []}
        onPasskey={offered.data?.passkeys && knowsPasskeys() ? () => void passkey.signIn() : undefined}
        onProvider={({ id }) => provider.mutate({ body: { way: id } })}
        onCertificate={() => certificate.mutate({ body: {} })}
        onScan={startScan}
        onFace={() => setOpen('face')}
        onSM2={() => beginSM2.mutate({})}
        busy={passkey.busy || provider.isPending || certificate.isPending || beginScan.isPending || beginSM2.isPending}
      />
      <Suspense fallback={null}>
        {open === 'face' && <FaceSignIn onIn={enter} onClose={close} />}
        {open === 'scan' && beginScan.data && (
          <Scan key={beginScan.data.ceremony} kind="scan" title={t('scan.title')} shown={beginScan.data} error={fault(scan.error)} onSigned={onScanned} onAgain={startScan} onClose={close} />
        )}
        {open === 'sm2' && asked && (
          <SignText title={t('sm2.title')} asked={asked} withCode busy={sm2.isPending} error={fault(sm2.error)} onSigned={(signed) => sm2.mutate({ body: { ceremony: asked.ceremony, ...signed } })} onClose={close} />
        )}
      </Suspense>
    </>
  );
}
