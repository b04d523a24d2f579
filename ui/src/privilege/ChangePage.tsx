import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { Facts } from '@/kit/Facts';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import { StepsBar, type Step } from '@/kit/StepsBar';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { isMine, nextOf, riskTones, type ChangeStep, type SeenChange } from './privilege';
import { RowName } from './RowName';
import { StateOf } from './StateOf';
import { usePerson } from './use-person';
import styles from './Privilege.module.css';

export interface ChangePageProps {
  change: SeenChange;
  me: string;
  /** Whether the reader holds a post that reviews or approves at all. */
  decides: boolean;
  busy: boolean;
  onStep: (step: ChangeStep) => void;
  onRefuse: () => void;
}

const way = ['ask', 'review', 'approve', 'carryOut', 'close'] as const;

/** How many steps of the way were taken in each state. */
const taken: Partial<Record<SeenChange['state'], number>> = { asked: 1, reviewed: 2, approved: 3, running: 3, closed: 5 };

/** One change: its script, its way, the tables before and after, and the rows that it touched. */
export function ChangePage(props: ChangePageProps) {
  const { change } = props;
  const { t } = useTranslation('privilege');
  const person = usePerson(change.names);
  return (
    <Page>
      <PageHead
        title={
          <>
            {change.title} <StateOf state={change.state} />
          </>
        }
        lead={t('changes.whose', { who: person(change.askedBy) })}
      />
      <div className={styles.parts}>
        <StepsBar label={t('changes.way')} steps={stepsOf(change, t)} />
        <div className={styles.columns}>
          <div className={styles.parts}>
            <Panel title={t('changes.script')} extra={<Code value={change.digest} ends={8} copyable />}>
              <p className={styles.why}>{change.reason}</p>
              <pre className={styles.text} tabIndex={0}>
                {change.script}
              </pre>
            </Panel>
            <Captures change={change} />
            <Touched change={change} />
          </div>
          <div className={styles.parts}>
            <Next {...props} />
            <Panel title={t('changes.facts')}>
              <Facts
                facts={[
                  { label: t('changes.risk'), value: <Pill tone={riskTones[change.risk]}>{t(`risk.${change.risk}`)}</Pill> },
                  { label: t('changes.since'), value: <When at={change.since} /> },
                  { label: t('changes.until'), value: <When at={change.until} /> },
                  { label: t('changes.tables'), value: (change.tables ?? []).join(', ') },
                  ...(change.objects?.length ? [{ label: t('changes.objects'), value: change.objects.join(', ') }] : []),
                  ...(change.reviewedBy ? [{ label: t('changes.reviewer'), value: person(change.reviewedBy) }] : []),
                  ...(change.approvedBy ? [{ label: t('changes.approver'), value: person(change.approvedBy) }] : []),
                  ...(change.outcome ? [{ label: t('changes.outcome'), value: t(`outcome.${change.outcome}`) }] : []),
                  ...(change.result ? [{ label: t('changes.result'), value: change.result }] : []),
                ]}
              />
            </Panel>
          </div>
        </div>
      </div>
    </Page>
  );
}

type Translate = ReturnType<typeof useTranslation<'privilege'>>['t'];

function stepsOf(change: SeenChange, t: Translate): Step[] {
  const done = taken[change.state] ?? (change.approved ? 3 : change.reviewed ? 2 : 1);
  const failed = change.state === 'refused' || change.state === 'lapsed';
  return way.map((key, index) => ({
    key,
    title: t(`step.${key}`),
    state: index < done ? 'done' : index > done ? 'waiting' : failed ? 'failed' : 'current',
  }));
}

function Next({ change, me, decides, busy, onStep, onRefuse }: ChangePageProps) {
  const { t } = useTranslation('privilege');
  const step = nextOf(change);
  if (!step) return null;
  const mine = isMine(change, me) && (step === 'begin' || step === 'close' || decides);
  const shut = step === 'begin' && !change.open;
  return (
    <Panel title={t('changes.next')} extra={<Clock deadline={change.until} start={change.since} />}>
      <p className={styles.note}>{t(shut ? 'changes.waitsForWindow' : `changes.waits.${step}`)}</p>
      {mine && (
        <div className={styles.buttons}>
          <Button type="primary" loading={busy} disabled={shut} onClick={() => onStep(step)}>
            {t(`changes.do.${step}`)}
          </Button>
          {step !== 'begin' && step !== 'close' && <Button onClick={onRefuse}>{t('changes.do.refuse')}</Button>}
        </div>
      )}
    </Panel>
  );
}

type Capture = NonNullable<SeenChange['captures']>[number];

function Captures({ change }: { change: SeenChange }) {
  const { t } = useTranslation('privilege');
  const columns: Column<Capture>[] = [
    { key: 'table', title: t('changes.table'), render: ({ table }) => <Code value={table} /> },
    { key: 'moment', title: t('changes.moment'), width: '90px', render: ({ moment }) => t(`moment.${moment}`) },
    { key: 'rows', title: t('changes.rows'), width: '80px', align: 'end', render: ({ rows }) => rows },
    { key: 'digest', title: t('changes.digest'), width: '170px', render: ({ digest }) => <Code value={digest} ends={6} copyable /> },
    { key: 'at', title: t('column.at'), width: '150px', render: ({ at }) => <When at={at} as="second" /> },
  ];
  return (
    <Panel flush title={t('changes.captures')}>
      <PlainTable label={t('changes.captures')} columns={columns} rows={change.captures ?? []} rowKey={({ table, moment }) => `${table} ${moment}`} empty={t('changes.noCaptures')} />
    </Panel>
  );
}

type TouchedRow = NonNullable<SeenChange['touched']>[number];

function Touched({ change }: { change: SeenChange }) {
  const { t } = useTranslation('privilege');
  const columns: Column<TouchedRow>[] = [
    { key: 'row', title: t('changes.row'), render: ({ table, row }) => <RowName table={table} row={row} /> },
    { key: 'kind', title: t('findings.kind'), width: '100px', render: ({ kind }) => t(`kind.${kind}`) },
    { key: 'was', title: t('findings.was'), width: '130px', render: ({ was }) => (was ? <Code value={was} ends={5} /> : '–') },
    { key: 'is', title: t('findings.is'), width: '130px', render: ({ is }) => (is ? <Code value={is} ends={5} /> : '–') },
  ];
  return (
    <Panel flush title={t('changes.touched')}>
      <PlainTable label={t('changes.touched')} columns={columns} rows={change.touched ?? []} rowKey={({ id }) => id} empty={t('changes.noTouched')} />
    </Panel>
  );
}
