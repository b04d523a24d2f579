import { Button, Popconfirm, Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import type { Column } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import type { Names, PrivilegedSession, Recording } from './privilege';
import { StateOf } from './StateOf';
import { usePerson } from './use-person';
import styles from './Privilege.module.css';

export type SessionVerdict = 'proper' | 'improper';

export interface SessionsPageProps {
  /** Shows what other systems have recorded, in place of our own sessions. */
  foreign: boolean;
  onForeign: (foreign: boolean) => void;
  sessions: TablePage<PrivilegedSession>;
  recordings: TablePage<Recording>;
  names: Names | undefined;
  me: string;
  /** Whether the reader may be a second person, review what was urgent, replay. */
  seconds: boolean;
  judges: boolean;
  replays: boolean;
  onDecide: (session: PrivilegedSession) => void;
  onEnd: (session: PrivilegedSession) => void;
  onVerdict: (session: PrivilegedSession, verdict: SessionVerdict) => void;
  onReplay: (session: PrivilegedSession) => void;
  onRead: (recording: Recording) => void;
  actions?: ReactNode;
}

/** Recorded work of administrators, and what bastions have recorded. */
export function SessionsPage(props: SessionsPageProps) {
  const { foreign, onForeign, sessions, recordings, actions } = props;
  const { t } = useTranslation('privilege');
  const ours = useSessionColumns(props);
  const theirs = useRecordingColumns(props);
  const which = (
    <Segmented
      size="small"
      aria-label={t('sessions.which')}
      value={foreign ? 'recordings' : 'sessions'}
      options={[
        { value: 'sessions', label: t('sessions.ours') },
        { value: 'recordings', label: t('sessions.theirs') },
      ]}
      onChange={(value) => onForeign(value === 'recordings')}
    />
  );
  return (
    <Page fixed>
      <PageHead title={t('sessions.title')} lead={t('sessions.lead')} actions={actions} />
      {foreign ? (
        <DataTable name="privilege-recordings" label={t('sessions.theirs')} columns={theirs} page={recordings} rowKey={({ id }) => id} extra={which} empty={{ title: t('sessions.noRecordings'), hint: t('sessions.noRecordingsHint') }} />
      ) : (
        <DataTable name="privilege-sessions" label={t('sessions.ours')} columns={ours} page={sessions} rowKey={({ id }) => id} extra={which} empty={{ title: t('sessions.none'), hint: t('sessions.noneHint') }} />
      )}
    </Page>
  );
}

function useSessionColumns(props: SessionsPageProps): Column<PrivilegedSession>[] {
  const { t } = useTranslation('privilege');
  const person = usePerson(props.names);
  return [
    { key: 'asked', title: t('column.asked'), width: '150px', fixed: true, render: ({ asked }) => <When at={asked} /> },
    { key: 'system', title: t('sessions.system'), fixed: true, render: ({ system }) => system },
    { key: 'askedBy', title: t('column.askedBy'), width: '110px', render: ({ askedBy }) => person(askedBy) },
    { key: 'second', title: t('sessions.second'), width: '130px', render: (one) => (one.urgent ? <Pill tone="error">{t('sessions.urgent')}</Pill> : person(one.approvedBy)) },
    { key: 'state', title: t('column.state'), width: '180px', render: (one) => <State one={one} /> },
    { key: 'parts', title: t('sessions.parts'), width: '80px', align: 'end', render: ({ parts }) => parts },
    { key: 'head', title: t('sessions.head'), width: '130px', hidden: true, render: ({ head }) => (head ? <Code value={head} ends={5} /> : '') },
    { key: 'do', title: t('column.do'), width: '220px', align: 'end', fixed: true, render: (one) => <Doing {...props} one={one} /> },
  ];
}

function State({ one }: { one: PrivilegedSession }) {
  const { t } = useTranslation('privilege');
  if (one.state === 'running' && one.until) return <Clock deadline={one.until} start={one.began ?? one.asked} />;
  const shown = one.verdict ? t(`verdict.${one.verdict}`) : one.endReason ? t(`ended.${one.endReason}`) : '';
  return (
    <>
      <StateOf state={one.state} /> {shown}
    </>
  );
}

function Doing({ one, me, seconds, judges, replays, onDecide, onEnd, onVerdict, onReplay }: SessionsPageProps & { one: PrivilegedSession }) {
  const { t } = useTranslation('privilege');
  const mine = one.askedBy === me;
  return (
    <span className={styles.buttons} style={{ justifyContent: 'flex-end' }}>
      {seconds && !mine && one.state === 'asked' && (
        <Button size="small" type="primary" onClick={() => onDecide(one)}>
          {t('do.decide')}
        </Button>
      )}
      {one.state === 'running' && (mine || one.approvedBy === me || judges) && (
        <Popconfirm title={t('sessions.endTitle')} description={t('sessions.endNote')} okText={t('do.end')} cancelText={t('keep')} onConfirm={() => onEnd(one)}>
          <Button size="small" danger>
            {t('do.end')}
          </Button>
        </Popconfirm>
      )}
      {judges && !mine && one.urgent && one.state === 'closed' && !one.verdict && (
        <>
          <Button size="small" onClick={() => onVerdict(one, 'proper')}>
            {t('verdict.proper')}
          </Button>
          <Button size="small" danger onClick={() => onVerdict(one, 'improper')}>
            {t('verdict.improper')}
          </Button>
        </>
      )}
      {replays && one.parts > 0 && (
        <Button size="small" onClick={() => onReplay(one)}>
          {t('do.replay')}
        </Button>
      )}
    </span>
  );
}

function useRecordingColumns({ replays, onRead }: SessionsPageProps): Column<Recording>[] {
  const { t } = useTranslation('privilege');
  return [
    { key: 'since', title: t('sessions.since'), width: '150px', fixed: true, render: ({ since }) => <When at={since} /> },
    { key: 'source', title: t('sessions.source'), width: '130px', fixed: true, render: ({ source }) => source },
    { key: 'system', title: t('sessions.system'), render: ({ system, account }) => `${system} · ${account}` },
    { key: 'person', title: t('sessions.person'), width: '120px', render: ({ person }) => person },
    { key: 'terminal', title: t('sessions.terminal'), width: '130px', render: ({ terminal }) => terminal ?? '' },
    { key: 'digest', title: t('sessions.file'), width: '150px', render: ({ digest }) => <Code value={digest} ends={5} copyable /> },
    {
      key: 'do',
      title: t('column.do'),
      width: '110px',
      align: 'end',
      render: (one) =>
        replays && (
          <Button size="small" onClick={() => onRead(one)}>
            {t('do.commands')}
          </Button>
        ),
    },
  ];
}
