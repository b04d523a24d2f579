import { queries } from '@/api/client';
import { failureOf } from '@/api/problem';
import { outputsChanged } from './changed';
import { ExportState } from './ExportState';
import { fileOf, keepFile } from './file';
import type { Export } from './output';
import { Refused } from './Refused';

interface ExportFollowedProps {
  id: string;
  /** What is known of it meanwhile. */
  begun?: Export;
}

/** How often one looks how far it is. */
const often = 1000;
const seldom = 15_000;

/** An export of one's own, from its first page to the file. */
export function ExportFollowed({ id, begun }: ExportFollowedProps) {
  const to = { params: { path: { id } } };
  const followed = queries.useQuery('get', '/api/output/exports/{id}', to, {
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data?.state === 'running' ? often : data?.state === 'held' || data?.state === 'approval' ? seldom : false),
  });
  const cancel = queries.useMutation('post', '/api/output/exports/{id}/cancel', { onSuccess: outputsChanged });
  const download = queries.useMutation('post', '/api/output/exports/{id}/download', {
    onSuccess: async ({ name, media, file }) => {
      keepFile(name, fileOf(file, media));
      await outputsChanged();
    },
  });
  const pledge = queries.useMutation('post', '/api/output/exports/{id}/pledge', { onSuccess: outputsChanged });
  const shown = followed.data ?? begun;
  const commitment = followed.data?.commitment;
  return (
    <>
      <Refused error={download.error ?? pledge.error ?? cancel.error ?? failureOf(followed)} />
      {shown && (
        <ExportState
          shown={shown}
          busy={cancel.isPending || download.isPending || pledge.isPending}
          commitment={commitment && !followed.data?.pledged ? commitment : undefined}
          onPledge={() => pledge.mutate(to, { onSuccess: () => void followed.refetch() })}
          fetched={download.data && { serial: download.data.serial, code: download.data.code }}
          onCancel={() => cancel.mutate(to)}
          onDownload={(code) => download.mutate({ ...to, body: code ? { code } : {} })}
        />
      )}
    </>
  );
}
