import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { forget } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Page } from '@/app/Page';
import { Starting } from '@/app/Starting';
import { LinkButton } from '@/kit/LinkButton';
import { Notice } from '@/kit/Notice';
import { bindsKey } from './returning';

/** Where a provider sends people back: they are signed in, or what it says of them is bound to their account. */
export function Component() {
  const { t } = useTranslation('identity');
  const fault = useFault();
  const begun = useRef(false);
  const signIn = queries.useMutation('post', '/api/session/provider', { onSuccess: () => goTo('/') });
  const bind = queries.useMutation('post', '/api/identity/links/provider', { onSuccess: () => goTo('/me/security') });
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const brought = new URLSearchParams(window.location.search);
    window.history.replaceState(null, '', window.location.pathname);
    const issuer = brought.get('iss');
    const body = { state: brought.get('state') ?? '', code: brought.get('code') ?? '', ...(issuer && { iss: issuer }) };
    if (window.sessionStorage.getItem(bindsKey) === null) signIn.mutate({ body });
    else bind.mutate({ body });
    window.sessionStorage.removeItem(bindsKey);
  }, [signIn, bind]);
  const error = signIn.error ?? bind.error;
  if (!error) return <Starting />;
  return (
    <Page narrow>
      <Notice tone="error">{fault(error)}</Notice>
      <LinkButton to="/">{t('ways.back')}</LinkButton>
    </Page>
  );
}

function goTo(path: string): void {
  forget();
  window.location.replace(path);
}
