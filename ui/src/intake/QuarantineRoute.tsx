import { App } from 'antd';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { shapedTable } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useTableAddress } from '@/kit/table/address';
import { QuarantinePage } from './QuarantinePage';
import type { Quarantined } from './report';
import { quarantinedOf } from './wire';

export function Component() {
  const { t } = useTranslation('intake');
  const { roles } = useSession();
  const { cursor, limit, filters } = useTableAddress();
  const { message } = App.useApp();
  const fault = useFault();
  const [item, setItem] = useState<Quarantined>();
  const [asked, setAsked] = useState(false);
  const state = (filters.state ?? 'waiting') as Quarantined['state'];
  const listing = queries.useQuery('get', '/api/quarantine', { params: { query: { cursor, limit, state } } }, { placeholderData: keepPreviousData });
  const path = { params: { path: { id: item?.id ?? '' } } };
  const content = queries.useQuery('get', '/api/quarantine/{id}', path, { enabled: asked && item !== undefined });
  const settled = async () => {
    setItem(undefined);
    await cache.invalidateQueries();
  };
  const retry = queries.useMutation('post', '/api/quarantine/{id}/retry', {
    onSuccess: async ({ total }) => {
      void (total.quarantined > 0 ? message.warning(t('quarantine.stillWaiting')) : message.success(t('quarantine.taken')));
      await settled();
    },
  });
  const dismiss = queries.useMutation('post', '/api/quarantine/{id}/dismiss', { onSuccess: settled });
  const look = (next: Quarantined | undefined) => {
    setAsked(false);
    retry.reset();
    dismiss.reset();
    setItem(next);
  };
  const maySettle = may(roles, 'settleQuarantine');
  return (
    <QuarantinePage
      page={shapedTable(listing, quarantinedOf)}
      open={
        item && {
          item,
          content: content.data && { fileName: content.data.fileName, text: content.data.content, cut: content.data.cut },
          busy: retry.isPending,
          error: fault(retry.error ?? dismiss.error ?? content.error),
        }
      }
      onOpen={look}
      onClose={() => look(undefined)}
      onShowContent={maySettle ? () => setAsked(true) : undefined}
      onRetry={() => retry.mutate(path)}
      onDismiss={maySettle ? () => dismiss.mutate(path) : undefined}
    />
  );
}
