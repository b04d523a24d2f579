import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import { lazy, Suspense, use, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, type Location } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { tableOf } from '@/api/table';
import { Waiting } from '@/app/Waiting';
import { useTableAddress } from '@/kit/table/address';
import type { Filter } from '@/kit/table/column';
import { ExportContext } from '@/kit/table/exporting';
import { useText } from '@/language/text';
import { useDepartments } from '@/staff/use-departments';
import { actUpon } from './act';
import { InboxPage } from './InboxPage';
import { placesOf } from './place';
import type { Said } from './said';
import { boxes, openNext, type Box, type Verb } from './task';
import { TaskDetail } from './TaskDetail';
import { useNarrow } from './use-narrow';
import { useOpenPlaces } from './use-open-places';
import { useWaits } from './use-waits';

const AskOthers = lazy(() => import('./AskOthers'));

export function Component() {
  const { t } = useTranslation('duty');
  const text = useText();
  const { pathname, search, hash, state } = useLocation() as Location<unknown>;
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { cursor, limit, filters } = useTableAddress();
  const departments = useDepartments();
  const waits = useWaits();
  const exportOf = use(ExportContext);
  const box: Box = boxes.find((one) => pathname.endsWith(`/${one}`)) ?? 'todo';
  const kinds = queries.useQuery('get', '/api/duty/kinds', {}, { staleTime: Infinity });
  const listing = queries.useQuery(
    'get',
    '/api/duty/inbox',
    { params: { query: { box, cursor, limit, kind: filters.kind, late: filters.late === 'yes' ? true : undefined } } },
    { placeholderData: (previous, query) => (query?.queryKey[2]?.params?.query?.box === box ? previous : undefined), staleTime: 0 },
  );
  const open = hash.slice(1) || undefined;
  const onOpen = (task: string | undefined) => void navigate({ pathname, search, hash: task ?? '' }, { state, replace: true });
  const acting = useMutation({
    mutationFn: ({ task, verb, said }: { task: string; verb: Verb; said: Said }) => actUpon(task, verb, said),
    onSuccess: async (_done, { task, verb }) => {
      void message.success(t(`saved.${verb}`));
      onOpen(openNext(listing.data?.items ?? [], task, verb));
      await cache.invalidateQueries();
    },
  });
  const filterList = useMemo<Filter[]>(
    () => [
      { kind: 'choice', key: 'kind', label: t('filter.kind'), options: (kinds.data?.items ?? []).map(({ id, name }) => ({ value: id, label: text(name) })) },
      { kind: 'choice', key: 'late', label: t('filter.late'), options: [{ value: 'yes', label: t('filter.onlyLate') }] },
    ],
    [t, text, kinds.data],
  );
  return (
    <InboxPage
      box={box}
      waits={waits}
      page={tableOf(listing)}
      filters={filterList}
      departments={departments}
      open={open}
      onOpen={onOpen}
      detail={
        open && (
          <Opened key={open} task={open} busy={acting.isPending} error={acting.variables?.task === open ? acting.error : undefined} onAct={(verb, said) => acting.mutate({ task: open, verb, said })} onClose={() => onOpen(undefined)} />
        )
      }
      actions={
        <Suspense fallback={null}>
          {exportOf?.({ list: 'inbox', filter: { box, kind: filters.kind, late: filters.late } })}
          <AskOthers kinds={kinds.data?.items ?? []} departments={departments} />
        </Suspense>
      }
    />
  );
}

interface OpenedProps {
  task: string;
  busy: boolean;
  error: unknown;
  onAct: (verb: Verb, said: Said) => void;
  onClose: () => void;
}

function Opened({ task, busy, error, onAct, onClose }: OpenedProps): ReactNode {
  const { t } = useTranslation('duty');
  const fault = useFault();
  const narrow = useNarrow();
  const departments = useDepartments();
  const exists = useOpenPlaces();
  const detail = queries.useQuery('get', '/api/duty/tasks/{id}', { params: { path: { id: task } } }, { staleTime: 0 });
  const failure = failureOf(detail);
  if (failure) return <NotOpened error={failure} what={t('detail')} onRetry={() => void detail.refetch()} />;
  if (!detail.data) return <Waiting />;
  return (
    <TaskDetail
      task={detail.data}
      places={placesOf(detail.data, exists)}
      departments={departments}
      busy={busy}
      error={fault(error)}
      onAct={onAct}
      {...(!narrow && { onClose })}
    />
  );
}
