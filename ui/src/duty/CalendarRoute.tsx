import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf, isProblem } from '@/api/problem';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { useRow } from '@/language/text';
import { CalendarPage } from './CalendarPage';
import { OrderFrame } from './OrderFrame';

export function Component() {
  const { t } = useTranslation('duty');
  const { roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const row = useRow();
  const [year, setYear] = useState(new Date().getFullYear());
  const known = queries.useQuery('get', '/api/duty/calendar', {});
  const set = queries.useMutation('post', '/api/duty/calendar', {
    onSuccess: async ({ years }) => {
      void message.success(t('calendar.done', { years: row((years ?? []).map(String)) }));
      const [first] = years ?? [];
      if (first !== undefined) setYear(first);
      await cache.invalidateQueries();
    },
  });
  const failure = failureOf(known);
  return (
    <OrderFrame tab="calendar">
      {failure ? (
        <NotOpened error={failure} what={t('calendar.title')} onRetry={() => void known.refetch()} />
      ) : known.data ? (
        <CalendarPage
          years={known.data.years ?? []}
          year={year}
          onYear={setYear}
          busy={set.isPending}
          faults={isProblem(set.error) ? (set.error.fields ?? []) : []}
          error={fault(set.error)}
          onSet={may(roles, 'setCalendar') ? (text) => set.mutate({ body: { text } }) : undefined}
        />
      ) : (
        <Waiting />
      )}
    </OrderFrame>
  );
}
