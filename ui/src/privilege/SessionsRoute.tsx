import { keepPreviousData } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useTableAddress } from '@/kit/table/address';
import type { Asked } from './Decide';
import type { PrivilegedSession, Recording } from './privilege';
import { SessionsPage } from './SessionsPage';

const AskSession = lazy(() => import('./AskSession'));
const Decide = lazy(() => import('./Decide'));
const Replay = lazy(() => import('./Replay'));
const Commands = lazy(() => import('./Commands'));

export function Component() {
  const { t } = useTranslation('privilege');
  const { person, roles } = useSession();
  const { cursor, limit } = useTableAddress();
  const [address, setAddress] = useSearchParams();
  const { message } = App.useApp();
  const fault = useFault();
  const [asking, setAsking] = useState(false);
  const [deciding, setDeciding] = useState<Asked>();
  const [replaying, setReplaying] = useState<PrivilegedSession>();
  const [reading, setReading] = useState<Recording>();
  const foreign = address.get('tab') === 'recordings';
  const query = { params: { query: { cursor, limit } } };
  const sessions = queries.useQuery('get', '/api/privilege/sessions', query, { placeholderData: keepPreviousData, enabled: !foreign });
  const recordings = queries.useQuery('get', '/api/privilege/recordings', query, { placeholderData: keepPreviousData, enabled: foreign });
  const settled = { onSuccess: () => cache.invalidateQueries(), onError: (error: unknown) => void message.error(fault(error)) };
  const end = queries.useMutation('post', '/api/privilege/sessions/{id}/end', settled);
  const judge = queries.useMutation('post', '/api/privilege/sessions/{id}/verdict', settled);
  const of = ({ id }: PrivilegedSession) => ({ params: { path: { id } } });
  return (
    <>
      <SessionsPage
        foreign={foreign}
        onForeign={(next) => setAddress(next ? { tab: 'recordings' } : {}, { replace: true })}
        sessions={tableOf(sessions)}
        recordings={tableOf(recordings)}
        names={sessions.data?.names}
        me={person}
        seconds={may(roles, 'secondPrivilege')}
        judges={may(roles, 'reviewPrivilege')}
        replays={may(roles, 'replayPrivilege')}
        onDecide={({ id, system }) => setDeciding({ id, of: 'session', what: system })}
        onEnd={(one) => end.mutate(of(one))}
        onVerdict={(one, verdict) => judge.mutate({ ...of(one), body: { verdict } })}
        onReplay={setReplaying}
        onRead={setReading}
        actions={
          may(roles, 'askPrivilege') && (
            <Button type="primary" onClick={() => setAsking(true)}>
              {t('sessions.ask')}
            </Button>
          )
        }
      />
      <Suspense fallback={null}>
        {deciding && <Decide asked={deciding} onClose={() => setDeciding(undefined)} />}
        {asking && <AskSession onClose={() => setAsking(false)} />}
        {replaying && <Replay session={replaying} onClose={() => setReplaying(undefined)} />}
        {reading && <Commands recording={reading} onClose={() => setReading(undefined)} />}
      </Suspense>
    </>
  );
}
