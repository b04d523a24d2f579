import { App, Button } from 'antd';
import dayjs from 'dayjs';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { most, onwards, useWhole } from '@/api/whole';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { formatDay } from '@/language/time';
import { useDepartments } from '@/staff/use-departments';
import { OrderFrame } from './OrderFrame';
import { RosterPage } from './RosterPage';
import { useNames } from './use-names';
import { weekOf } from './week';

const PutOn = lazy(() => import('./PutOn'));

export function Component() {
  const { t } = useTranslation('duty');
  const { roles, posts } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const departments = useDepartments();
  const [params, setParams] = useSearchParams();
  const day = params.get('day') ?? formatDay(new Date().toISOString());
  const department = params.get('department') || posts[0]?.department.id || '';
  const week = weekOf(day);
  const span = { from: dayjs(week[0]).toISOString(), to: dayjs(week[6]).add(1, 'day').toISOString() };
  const own = queries.useInfiniteQuery('get', '/api/duty/roster', { params: { query: { department, limit: most, ...span } } }, onwards);
  const house = queries.useInfiniteQuery('get', '/api/duty/roster', { params: { query: { limit: most, ...span } } }, onwards);
  const turns = [...(useWhole(own) ?? []), ...(useWhole(house) ?? []).filter(({ kind }) => kind === 'administrator')];
  const nameOf = useNames(turns.flatMap(({ person, insteadOf }) => (insteadOf ? [person, insteadOf] : [person])));
  const end = queries.useMutation('post', '/api/duty/roster/{id}/end', {
    onSuccess: async () => {
      void message.success(t('roster.ended'));
      await cache.invalidateQueries();
    },
    onError: (error) => void message.error(fault(error)),
  });
  const failure = failureOf(own);
  const sets = may(roles, 'setRoster');
  const ask = (change: Record<string, string>) => setParams({ day, department, ...change }, { replace: true });
  return (
    <OrderFrame
      tab="roster"
      actions={
        sets && (
          <Suspense fallback={<Button type="primary">{t('roster.put')}</Button>}>
            <PutOn department={department} departments={departments} house={may(roles, 'setHouseRoster')} />
          </Suspense>
        )
      }
    >
      {failure ? (
        <NotOpened error={failure} what={t('roster.title')} onRetry={() => void own.refetch()} />
      ) : (
        <RosterPage
          week={week}
          turns={turns}
          loading={own.isPending}
          department={department}
          departments={departments}
          nameOf={nameOf}
          onWeek={(to) => ask({ day: to })}
          onDepartment={(to) => ask({ department: to })}
          onEnd={sets ? ({ id }) => end.mutate({ params: { path: { id } } }) : undefined}
        />
      )}
    </OrderFrame>
  );
}
