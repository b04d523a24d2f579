import { App, Button, Segmented, Space } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import { useDueColumns } from './columns';
import { gaps, levels, type Due } from './deadline';
import styles from './Deadline.module.css';

const Explain = lazy(() => import('./Explain'));
const Pause = lazy(() => import('./Pause'));

/** What an encounter must hold: what is there, what is missing, and by when. */
export default function DeadlinesOf({ encounter }: { encounter: string }) {
  const { t } = useTranslation('deadline');
  const { roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const [explaining, setExplaining] = useState<Due>();
  const [pausing, setPausing] = useState<Due>();
  const seen = queries.useQuery('get', '/api/deadlines/encounters/{id}', { params: { path: { id: encounter } } });
  const said = { onSuccess: () => cache.invalidateQueries(), onError: (error: unknown) => void message.error(fault(error)) };
  const condition = queries.useMutation('post', '/api/deadlines/encounters/{id}/condition', said);
  const resume = queries.useMutation('post', '/api/deadlines/dues/{id}/resume', said);
  const person = usePerson(seen.data?.names);
  const shown = useDueColumns({ names: seen.data?.names, departments: undefined, onExplain: setExplaining }).filter(({ key }) => key !== 'patient' && key !== 'department' && key !== 'reason');
  if (seen.isError || seen.data?.set === 0) return null;
  const columns: Column<Due>[] = [
    ...shown,
    {
      key: 'said',
      title: t('column.said'),
      render: ({ gaps: lacking, reasons, pauses }) => (
        <>
          {gaps.filter((gap) => lacking.includes(gap)).map((gap) => <Pill key={gap}>{t(`gap.${gap}`)}</Pill>)}
          {reasons.map(({ choice, words, by, at }) => (
            <div key={at}>{`${person(by)}：${t(`choice.${choice as 'other'}`)} ${words ?? ''}`}</div>
          ))}
          {pauses.map(({ cause, words, by, since, until, ended }) => (
            <div key={since}>
              {`${person(by)}：${t(`cause.${cause as 'other'}`)} ${words ?? ''} `}
              {t('pause.until')} <When at={ended ?? until} />
            </div>
          ))}
        </>
      ),
    },
    {
      key: 'do',
      title: '',
      width: '150px',
      render: (due) => (
        <Space size="small">
          {due.wantsReason && <Button size="small" onClick={() => setExplaining(due)}>{t('explain.do')}</Button>}
          {due.state === 'open' && may(roles, 'pauseDeadlines') && (due.paused ? <Button size="small" onClick={() => resume.mutate({ params: { path: { id: due.id } } })}>{t('pause.resume')}</Button> : <Button size="small" onClick={() => setPausing(due)}>{t('pause.do')}</Button>)}
        </Space>
      ),
    },
  ];
  const level = seen.data?.level ?? 'stable';
  const changes = seen.data && !seen.data.until && may(roles, 'setCondition');
  return (
    <Panel
      flush
      title={seen.data?.missing ? t('of.missing', { count: seen.data.missing }) : t('of.title')}
      extra={
        changes ? (
          <Segmented size="small" aria-label={t('of.level')} value={level} onChange={(next) => condition.mutate({ params: { path: { id: encounter } }, body: { level: next } })} options={levels.map((value) => ({ value, label: t(`level.${value}`) }))} />
        ) : (
          <Pill>{t(`level.${level}`)}</Pill>
        )
      }
    >
      <PlainTable label={t('of.title')} columns={columns} rows={seen.data?.items} rowKey={({ id }) => id} empty={<span className={styles.note}>{t('of.none')}</span>} />
      <Suspense fallback={null}>
        {explaining && <Explain due={explaining} onClose={() => setExplaining(undefined)} />}
        {pausing && <Pause due={pausing} onClose={() => setPausing(undefined)} />}
      </Suspense>
    </Panel>
  );
}
