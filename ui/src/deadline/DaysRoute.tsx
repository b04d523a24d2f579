import { keepPreviousData } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import type { Schemas } from '@/api/client';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import { useDueColumns } from './columns';
import styles from './Deadline.module.css';
import { Frame } from './Frame';

type Day = Schemas['DeadlineCompletenessDay'];

/** What the records of those who went home lack; the records office signs it each working day. */
export function Component() {
  const { t } = useTranslation('deadline');
  const { roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const { cursor, limit } = useTableAddress();
  const today = queries.useQuery('get', '/api/deadlines/days/today', {});
  const listing = queries.useQuery('get', '/api/deadlines/days', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const sign = queries.useMutation('post', '/api/deadlines/days', { onSuccess: () => cache.invalidateQueries(), onError: (error: unknown) => { void message.error(fault(error)); void today.refetch(); } });
  const person = usePerson(listing.data?.names);
  const columns = useDueColumns({ names: today.data?.list.names, departments: today.data?.list.departments }).filter(({ key }) => key !== 'entered');
  const failure = failureOf(today);
  if (failure) return <NotOpened error={failure} onRetry={() => void today.refetch()} />;
  if (!today.data) return <Waiting />;
  const { done, digest, discharged, incomplete, missing, unsigned, list } = today.data;
  const days: Column<Day>[] = [
    { key: 'day', title: t('days.day'), width: '130px', fixed: true, render: ({ day }) => day },
    { key: 'discharged', title: t('days.discharged'), width: '110px', align: 'end', render: (day) => day.discharged },
    { key: 'incomplete', title: t('days.incomplete'), width: '120px', align: 'end', render: (day) => day.incomplete },
    { key: 'missing', title: t('days.missing'), width: '100px', align: 'end', render: (day) => day.missing },
    { key: 'unsigned', title: t('days.unsigned'), width: '110px', align: 'end', render: (day) => day.unsigned },
    { key: 'by', title: t('days.by'), width: '110px', render: ({ by }) => person(by) },
    { key: 'at', title: t('days.signed'), width: '150px', render: ({ signed }) => <When at={signed} /> },
  ];
  return (
    <Frame tab="days" actions={<Button onClick={() => window.print()}>{t('print')}</Button>}>
      <div className={styles.panels}>
        <Panel flush title={t('days.today', { discharged, incomplete, missing, unsigned })}>
          <PlainTable label={t('days.title')} columns={columns} rows={list.items ?? []} rowKey={({ id }) => id} empty={t('days.complete')} />
          {done ? (
            <Notice tone="success">{t('days.done')}</Notice>
          ) : (
            may(roles, 'signCompleteness') && (
              <div className={styles.foot}>
                <Button type="primary" loading={sign.isPending} onClick={() => sign.mutate({ body: { digest } })}>
                  {t('days.sign')}
                </Button>
                <span>{t('days.signLead')}</span>
              </div>
            )
          )}
        </Panel>
        <DataTable name="completeness-days" label={t('days.past')} columns={days} page={tableOf(listing)} rowKey={({ day }) => day} empty={{ title: t('days.none'), hint: t('days.noneHint') }} />
      </div>
    </Frame>
  );
}
