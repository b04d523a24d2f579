import { Button, Checkbox, Popconfirm } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import type { Session } from '@/app/session';
import { Code } from '@/kit/Code';
import { Facts } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import { StepsBar, type Step } from '@/kit/StepsBar';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useRow, useText, type Text } from '@/language/text';
import { formatMinute } from '@/language/time';
import { usePerson } from '@/privilege/use-person';
import { decides, ends, minimum, reads, type ClaimExport, type ClaimField, type SeenClaims } from './claim';
import styles from './Sharing.module.css';
import { StateOfClaims } from './StateOfClaims';

export interface ClaimTaskPageProps {
  task: SeenClaims;
  fields: ClaimField[];
  bases: { id: string; name: Text }[];
  me: Session;
  busy: boolean;
  onApprove: (extras: string[]) => void;
  onEnd: () => void;
  onRead: () => void;
  onExport: () => void;
  /** What the rows say, once their reader asked. */
  rows: ReactNode;
}

/** One task on one screen: what is asked and why, what may be told, what was told and what was kept back. */
export function ClaimTaskPage(props: ClaimTaskPageProps) {
  const { task, rows } = props;
  const { t } = useTranslation('sharing');
  return (
    <Page>
      <PageHead
        title={task.insurer}
        lead={
          <>
            <StateOfClaims task={task} /> {t(`claims.kind.${task.kind}`)} · {t('claims.count', { count: task.claims })}
          </>
        }
      />
      <div className={styles.parts}>
        <Way task={task} />
        <div className={styles.columns}>
          <div className={styles.parts}>
            <Next {...props} />
            {rows}
            <Exports {...props} />
          </div>
          <About {...props} />
        </div>
      </div>
    </Page>
  );
}

function Way({ task }: { task: SeenClaims }) {
  const { t } = useTranslation('sharing');
  const { asked, approved, ended, exports } = task;
  const left = exports?.at(-1)?.at;
  const step = (key: 'asked' | 'approved' | 'exported', at: string | undefined, before: boolean): Step => ({
    key,
    title: t(`claims.way.${key}`),
    state: at ? 'done' : before ? (ended ? 'failed' : 'current') : 'waiting',
    ...(at && { note: formatMinute(at) }),
    ...(!at && before && ended && { note: t('claims.state.ended') }),
  });
  return <StepsBar label={t('claims.title')} steps={[step('asked', asked, true), step('approved', approved, true), step('exported', left, approved !== undefined)]} />;
}

function Next(props: ClaimTaskPageProps) {
  const { task, me, busy, onRead, onExport, onEnd } = props;
  const { t } = useTranslation('sharing');
  const { t: k } = useTranslation('kit');
  const person = usePerson(task.names);
  const reader = reads(task, me);
  const ender = ends(task, me);
  return (
    <Panel title={t('nextTitle')}>
      <div className={styles.next}>
        {decides(task, me) ? <Decide {...props} /> : <p>{t(task.open ? 'claims.next.open' : `claims.next.${task.state}`, { name: person(task.reviewer) })}</p>}
        <div className={styles.buttons}>
          {reader && (
            <>
              <Button onClick={onRead}>{t('claims.read')}</Button>
              <Popconfirm title={t('claims.exportTitle')} description={t('claims.exportNote', { insurer: task.insurer })} okText={t('claims.export')} cancelText={k('cancel')} onConfirm={onExport}>
                <Button type="primary" loading={busy}>
                  {t('claims.export')}
                </Button>
              </Popconfirm>
            </>
          )}
          {ender && (
            <Popconfirm title={t('claims.endTitle')} description={t('claims.endNote')} okText={t('claims.end')} cancelText={k('cancel')} onConfirm={onEnd}>
              <Button danger loading={busy}>
                {t(task.state === 'asked' && task.askedBy !== me.person ? 'claims.refuse' : 'claims.end')}
              </Button>
            </Popconfirm>
          )}
        </div>
      </div>
    </Panel>
  );
}

/** Approves the task with those of its extra fields that are ticked; none is at first. */
function Decide({ task, fields, busy, onApprove }: ClaimTaskPageProps) {
  const { t } = useTranslation('sharing');
  const text = useText();
  const [granted, setGranted] = useState<string[]>([]);
  const extras = task.extras ?? [];
  const nameOf = (field: string) => text(fields.find(({ id }) => id === field)?.name) || field;
  return (
    <>
      <p>{t('claims.next.decide')}</p>
      {extras.length > 0 && (
        <Checkbox.Group
          className={styles.sheets}
          aria-label={t('claims.extras')}
          value={granted}
          onChange={setGranted}
          options={extras.map(({ field, words }) => ({ value: field, label: `${nameOf(field)}: ${words}` }))}
        />
      )}
      <div className={styles.buttons}>
        <Button type="primary" loading={busy} onClick={() => onApprove(granted)}>
          {t(extras.length > granted.length ? 'claims.approveStripped' : 'claims.approve', { count: extras.length - granted.length })}
        </Button>
      </div>
    </>
  );
}

function About({ task, fields, bases }: ClaimTaskPageProps) {
  const { t } = useTranslation('sharing');
  const text = useText();
  const row = useRow();
  const person = usePerson(task.names);
  const nameOf = (field: string) => text(fields.find(({ id }) => id === field)?.name) || field;
  return (
    <div className={styles.parts}>
      <Panel title={t('claims.about')}>
        <Facts
          facts={[
            { label: t('claims.form.basis'), value: text(bases.find(({ id }) => id === task.basis)?.name) || t('claims.form.byConsent') },
            { label: t('claims.form.article'), value: task.article },
            { label: t('claims.column.reviewer'), value: person(task.reviewer) },
            { label: t('claims.period'), value: <><When at={task.since} /> – <When at={task.until} /></> },
            { label: t('claims.column.askedBy'), value: <>{person(task.askedBy)} <When at={task.asked} /></> },
            ...(task.approved ? [{ label: t('claims.approvedBy'), value: <>{person(task.approvedBy)} <When at={task.approved} /></> }] : []),
            ...(task.ended ? [{ label: t('claims.endedBy'), value: <>{person(task.endedBy)} <When at={task.ended} /></> }] : []),
            { label: t('claims.certificate'), value: <Code value={task.certificate} ends={8} copyable /> },
          ]}
        />
      </Panel>
      <Panel title={t('claims.told')}>
        <p>{row(minimum(fields, task.kind).map(({ name }) => text(name)))}</p>
        {(task.extras ?? []).map(({ field, words, approved }) => (
          <p key={field}>
            {nameOf(field)} <Pill tone={approved ? 'success' : 'warning'}>{t(approved ? 'claims.granted' : task.approved ? 'claims.stripped' : 'claims.waits')}</Pill> <span className={styles.muted}>{words}</span>
          </p>
        ))}
      </Panel>
      <Panel title={t('claims.numbers')}>
        <p className={styles.digest}>{(task.numbers ?? []).join('  ')}</p>
      </Panel>
    </div>
  );
}

function Exports({ task, fields }: ClaimTaskPageProps) {
  const { t } = useTranslation('sharing');
  const text = useText();
  const row = useRow();
  const nameOf = (field: string) => text(fields.find(({ id }) => id === field)?.name) || field;
  const columns: Column<ClaimExport>[] = [
    { key: 'at', title: t('claims.column.at'), width: '150px', render: ({ at }) => <When at={at} /> },
    { key: 'rows', title: t('claims.column.rows'), width: '80px', align: 'end', render: ({ rows }) => rows },
    { key: 'stripped', title: t('claims.column.stripped'), render: ({ stripped }) => row((stripped ?? []).map(nameOf)) || '–' },
    { key: 'withheld', title: t('claims.column.withheld'), render: ({ withheld }) => row(withheld ?? []) || '–' },
    { key: 'digest', title: t('claims.column.digest'), width: '170px', render: ({ digest }) => <Code value={digest} ends={6} copyable /> },
  ];
  return (
    <Panel flush title={t('claims.exports')}>
      {task.exports?.some(({ withheld }) => withheld?.length) && <Notice tone="warning">{t('claims.differs')}</Notice>}
      <PlainTable label={t('claims.exports')} columns={columns} rows={task.exports ?? []} rowKey={({ id }) => id} empty={t('claims.noExports')} />
    </Panel>
  );
}
