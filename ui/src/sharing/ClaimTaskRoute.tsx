import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { fileOf, keepFile } from '@/output/file';
import { purposesForClaims, reads } from './claim';
import { ClaimRows } from './ClaimRows';
import { ClaimTaskPage } from './ClaimTaskPage';
import { PurposeFirst } from './PurposeFirst';

export function Component() {
  const me = useSession();
  return (
    <PurposeFirst fitting={purposesForClaims(me)}>
      <Task />
    </PurposeFirst>
  );
}

function Task() {
  const { t } = useTranslation('sharing');
  const { id = '' } = useParams();
  const me = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const [reading, setReading] = useState(false);
  const path = { params: { path: { id } } };
  const seen = queries.useQuery('get', '/api/sharing/claim-tasks/{id}', path);
  const known = queries.useQuery('get', '/api/sharing/claim-fields', {}, { staleTime: Infinity });
  const settled = { onSuccess: () => cache.invalidateQueries(), onError: (error: unknown) => void message.error(fault(error)) };
  const approve = queries.useMutation('post', '/api/sharing/claim-tasks/{id}/approve', settled);
  const end = queries.useMutation('post', '/api/sharing/claim-tasks/{id}/end', settled);
  const hand = queries.useMutation('post', '/api/sharing/claim-tasks/{id}/export', {
    ...settled,
    onSuccess: async (file) => {
      keepFile(`${file.id}.p7m`, fileOf(file.envelope, 'application/pkcs7-mime'));
      void message.success(t('claims.exported', { n: file.rows }));
      await cache.invalidateQueries({ queryKey: ['get', '/api/sharing/claim-tasks/{id}'] });
    },
  });
  const failure = failureOf(seen);
  if (failure) return <NotOpened error={failure} what={t('claims.title')} onRetry={() => void seen.refetch()} />;
  if (!seen.data) return <Waiting />;
  return (
    <ClaimTaskPage
      task={seen.data}
      fields={known.data?.items ?? []}
      bases={known.data?.bases ?? []}
      me={me}
      busy={approve.isPending || end.isPending || hand.isPending}
      onApprove={(extras) => approve.mutate({ ...path, body: { extras } })}
      onEnd={() => end.mutate(path)}
      onRead={() => setReading(true)}
      onExport={() => hand.mutate(path)}
      rows={reading && reads(seen.data, me) && <ClaimRows id={id} />}
    />
  );
}
