import { keepPreviousData } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { useTableAddress } from '@/kit/table/address';
import { outputsChanged } from './changed';
import { handOver } from './hand-over';
import type { Export } from './output';
import { OutputsPage, outputTabs } from './OutputsPage';
import { Refused } from './Refused';
import { useLists } from './use-lists';

const ExportDrawer = lazy(() => import('./ExportDrawer'));

export function Component() {
  const [address, setAddress] = useSearchParams();
  const { cursor, limit } = useTableAddress();
  const [open, setOpen] = useState<Export>();
  const tab = outputTabs.find((one) => one === address.get('tab')) ?? 'queue';
  const asked = (shown: typeof tab) => [{ params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData, enabled: tab === shown, staleTime: 0 }] as const;
  const queue = queries.useQuery('get', '/api/output/prints', {}, { staleTime: 0, enabled: tab === 'queue' });
  const issues = queries.useQuery('get', '/api/output/issues', ...asked('issues'));
  const exports = queries.useQuery('get', '/api/output/exports', ...asked('exports'));
  const forwards = queries.useQuery('get', '/api/output/forwards', ...asked('forwards'));
  const release = queries.useMutation('post', '/api/output/prints/{id}/release', { onSuccess: (sheets) => handOver(sheets), onSettled: outputsChanged });
  const cancel = queries.useMutation('post', '/api/output/prints/{id}/cancel', { onSettled: outputsChanged });
  const failed = release.error ?? cancel.error ?? queue.error;
  return (
    <OutputsPage
      tab={tab}
      onTab={(next) => {
        setOpen(undefined);
        setAddress({ tab: next }, { replace: true });
      }}
      queue={queue.data && (queue.data.items ?? [])}
      issues={tableOf(issues)}
      exports={tableOf(exports)}
      forwards={tableOf(forwards)}
      names={{ ...issues.data?.names, ...exports.data?.names, ...forwards.data?.names }}
      lists={useLists()}
      refused={Boolean(failed) && <Refused error={failed} />}
      busy={release.isPending || cancel.isPending}
      onRelease={({ id }) => release.mutate({ params: { path: { id } } })}
      onCancel={({ id }) => cancel.mutate({ params: { path: { id } } })}
      open={open}
      onOpen={setOpen}
      followed={
        open && (
          <Suspense fallback={null}>
            <ExportDrawer key={open.id} open={open} onClose={() => setOpen(undefined)} />
          </Suspense>
        )
      }
    />
  );
}
