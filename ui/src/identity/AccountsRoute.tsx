import { App } from 'antd';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { tableOf } from '@/api/table';
import { useTableAddress } from '@/kit/table/address';
import { AccountsPage, type Issued } from './AccountsPage';

export function Component() {
  const { t } = useTranslation('identity');
  const { cursor, limit } = useTableAddress();
  const { message } = App.useApp();
  const fault = useFault();
  const [issued, setIssued] = useState<Issued>();
  const listing = queries.useQuery('get', '/api/accounts', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const failed = { onError: (error: unknown) => void message.error(fault(error)) };
  const renewed = { ...failed, onSuccess: () => cache.invalidateQueries() };
  const reset = queries.useMutation('post', '/api/accounts/{id}/reset', failed);
  const disable = queries.useMutation('post', '/api/accounts/{id}/disable', renewed);
  const lock = queries.useMutation('post', '/api/accounts/{id}/lock', renewed);
  const unlock = queries.useMutation('post', '/api/accounts/{id}/unlock', failed);
  const signOut = queries.useMutation('delete', '/api/accounts/{id}/sessions', {
    ...failed,
    onSuccess: ({ ended }) => void message.success(t('accounts.ended', { count: ended })),
  });
  const recover = queries.useMutation('post', '/api/accounts/{id}/recovery', { ...failed, onSuccess: () => void message.success(t('recovery.sent')) });
  const issuedTo = (name: string) => ({
    onSuccess: ({ password }: { password: string }) => {
      setIssued({ name, password });
      void cache.invalidateQueries();
    },
  });
  return (
    <AccountsPage
      page={tableOf(listing)}
      issued={issued}
      onIssued={setIssued}
      onReset={({ id, name }) => reset.mutate({ params: { path: { id } } }, issuedTo(name))}
      onLock={({ id }, why) => lock.mutate({ params: { path: { id } }, body: { why } })}
      onUnlock={({ id, name }) => unlock.mutate({ params: { path: { id } } }, issuedTo(name))}
      onDisable={({ id }) => disable.mutate({ params: { path: { id } } })}
      onRecover={({ id }, why) => recover.mutate({ params: { path: { id } }, body: { why } })}
      onSignOut={({ id }) => signOut.mutate({ params: { path: { id } } })}
    />
  );
}
