import { useState } from 'react';
import { queries } from '@/api/client';
import { most, onwards, useWhole } from '@/api/whole';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useDepartments } from '@/staff/use-departments';
import { outputsChanged } from './changed';
import { waitsForOthers, type Export } from './output';
import { OutputApprovalsPage, type Verdict } from './OutputApprovalsPage';
import { Refused } from './Refused';

export function Component() {
  const { person, roles } = useSession();
  const [chosen, setChosen] = useState<string>();
  const [releaseCode, setReleaseCode] = useState<string>();
  const listing = queries.useInfiniteQuery('get', '/api/output/exports', { params: { query: { limit: most } } }, { ...onwards, staleTime: 0 });
  const waiting = useWhole(listing)?.filter(waitsForOthers);
  const open = waiting?.find(({ id }) => id === chosen) ?? waiting?.[0];
  const seen = queries.useQuery('get', '/api/output/exports/{id}', { params: { path: { id: open?.id ?? '' } } }, { enabled: open !== undefined, staleTime: 0 });
  const lists = queries.useQuery('get', '/api/output/lists', {}, { staleTime: Infinity });
  const profiles = queries.useQuery('get', '/api/output/profiles', {});
  const approve = queries.useMutation('post', '/api/output/exports/{id}/approve', {
    onSuccess: ({ releaseCode: code }) => {
      setReleaseCode(code);
      return outputsChanged();
    },
  });
  const refuse = queries.useMutation('post', '/api/output/exports/{id}/refuse', { onSuccess: outputsChanged });
  const dispose = queries.useMutation('post', '/api/output/exports/{id}/dispose', { onSuccess: outputsChanged });
  const onDecide = ({ id }: Export, verdict: Verdict) => {
    const to = { params: { path: { id } } };
    [approve, refuse, dispose].forEach((one) => one.reset());
    if (verdict === 'approve') approve.mutate(to);
    else if (verdict === 'refuse') refuse.mutate(to);
    else dispose.mutate({ ...to, body: { release: verdict === 'release' } });
  };
  return (
    <OutputApprovalsPage
      waiting={waiting}
      names={Object.fromEntries((listing.data?.pages ?? []).flatMap(({ names }) => Object.entries(names)))}
      open={open}
      seen={seen.data}
      lists={lists.data?.items ?? []}
      profiles={profiles.data?.items ?? []}
      departments={useDepartments()}
      mayApprove={may(roles, 'approveOutputs')}
      mayDispose={may(roles, 'disposeOutputs')}
      me={person}
      busy={approve.isPending || refuse.isPending || dispose.isPending}
      refused={<Refused error={approve.error ?? refuse.error ?? dispose.error ?? listing.error ?? seen.error} />}
      releaseCode={releaseCode}
      onCodeTaken={() => setReleaseCode(undefined)}
      onOpen={({ id }) => setChosen(id)}
      onDecide={onDecide}
    />
  );
}
