import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '@/app/Page';
import type { Session } from '@/app/session';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { Facts, type Fact } from '@/kit/Facts';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import { StepsBar, type Step } from '@/kit/StepsBar';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { formatMinute } from '@/language/time';
import { useRow, useText } from '@/language/text';
import { kinds } from '@/record/kinds';
import { titleOfSection } from '@/record/templates';
import { way, whyNot, type Handover, type Requester, type SeenCase } from './case';
import { NextStep, type NextStepProps } from './NextStep';
import { StateOfCase } from './StateOfCase';
import styles from './Sharing.module.css';
import type words from './words.zh.json';

export interface CasePageProps extends Omit<NextStepProps, 'agency' | 'assistantName'> {
  one: SeenCase;
  requester: Requester | undefined;
  patientName: string;
  me: Session;
  /** Whether the reader may open patients at all. */
  opensPatients: boolean;
  onTakeBack: (handover: Handover) => void;
}

type Presented = NonNullable<SeenCase['papers']['presented']>[number];
type CaseStep = NonNullable<SeenCase['steps']>[number];

/** One request from outside on one screen: where it stands, who goes on, what was asked, and what left. */
export function CasePage(props: CasePageProps) {
  const { one, requester, patientName, opensPatients } = props;
  const text = useText();
  const nameOf = useName(one);
  return (
    <Page>
      <PageHead
        title={one.agency ?? (text(requester?.name) || one.kind)}
        lead={
          <>
            <StateOfCase one={one} /> {text(requester?.name)} · {opensPatients ? <Link to={`/patients/${one.patient}`}>{patientName}</Link> : patientName}
          </>
        }
      />
      <div className={styles.parts}>
        <Way one={one} />
        <div className={styles.columns}>
          <div className={styles.parts}>
            <NextStep {...props} agency={requester?.agency ?? false} assistantName={nameOf(one.assistant)} />
            <ScopePanel one={one} />
            <Handovers {...props} />
            <Papers one={one} requester={requester} />
          </div>
          <div className={styles.parts}>
            <About one={one} requester={requester} />
            <History one={one} />
          </div>
        </div>
      </div>
    </Page>
  );
}

function useName(one: SeenCase): (person: string | undefined) => string {
  const text = useText();
  return (person) => (person ? [text(one.names[person]), text(one.names[person]?.department)].filter(Boolean).join(' · ') || person : '');
}

function Way({ one }: { one: SeenCase }) {
  const { t } = useTranslation('sharing');
  const refused = one.state === 'refused';
  const stepOf = { received: 'receive', checked: 'check', scoped: 'fix-scope', approved: 'approve', closed: 'close' } as const;
  const done = (state: (typeof way)[number]) => [...(one.steps ?? [])].reverse().find(({ kind }) => kind === stepOf[state])?.at;
  const reached = refused ? Math.max(...way.map((state, index) => (state !== 'checked' || (one.checks?.length ?? 0) === 2 ? (done(state) ? index : 0) : 0))) : way.indexOf(one.state as (typeof way)[number]);
  const steps: Step[] = way.map((state, index) => {
    const at = done(state);
    return {
      key: state,
      title: t(`way.${state}`),
      state: index <= reached ? 'done' : index === reached + 1 ? (refused ? 'failed' : 'current') : 'waiting',
      ...(index <= reached && at && { note: formatMinute(at) }),
      ...(index === reached + 1 && refused && { note: t('state.refused') }),
      ...(index === reached + 1 && state === 'checked' && !refused && { note: t('checkedOf', { n: one.checks?.length ?? 0 }) }),
    };
  });
  return <StepsBar steps={steps} label={t('history')} />;
}

function ScopePanel({ one }: { one: SeenCase }) {
  const { t } = useTranslation('sharing');
  const text = useText();
  const row = useRow();
  const nameOf = useName(one);
  const { documents, forms, encounters, from, to, copies } = one.scope;
  if (!one.assistant) return <Panel title={t('scope')}>{t('scopeNone')}</Panel>;
  const facts: (Fact | false)[] = [
    Boolean(forms?.length) && { label: t('scopeOf.forms'), value: row((forms ?? []).map((code) => text(kinds[code]) || code)) },
    Boolean(documents?.length) && { label: t('handover.documents'), value: t('scopeOf.documents', { count: documents?.length ?? 0 }) },
    Boolean(encounters?.length) && { label: t('scoping.encounters'), value: t('scopeOf.encounters', { count: encounters?.length ?? 0 }) },
    Boolean(from ?? to) && { label: t('scopeOf.time'), value: from && to ? t('scopeOf.between', { from, to }) : from ? t('scopeOf.from', { from }) : t('scopeOf.to', { to }) },
    one.masking !== undefined && {
      label: t('masking.fact'),
      value: (
        <>
          {one.masking.current ? t('masking.counts', { disclosed: one.masking.disclosed, masked: one.masking.masked }) : <Pill tone="warning">{t('masking.stale')}</Pill>} {nameOf(one.masking.by)} <When at={one.masking.at} />
        </>
      ),
    },
    { label: t('scopeOf.copies'), value: <Pill tone={copies ? 'warning' : 'info'}>{t(copies ? 'mayCopy' : 'mayView')}</Pill> },
  ];
  return (
    <Panel title={t('scope')}>
      <Facts facts={facts.filter((fact): fact is Fact => Boolean(fact))} />
    </Panel>
  );
}

function Handovers({ one, me, onTakeBack }: CasePageProps) {
  const { t } = useTranslation('sharing');
  const nameOf = useName(one);
  const mayTakeBack = whyNot('take-back', one, me) === undefined;
  const columns: Column<Handover>[] = [
    { key: 'at', title: t('handover.at'), width: '150px', render: ({ at }) => <When at={at} /> },
    { key: 'manner', title: t('handover.manner'), width: '130px', render: ({ manner }) => t(`manner.${manner}`) },
    { key: 'documents', title: t('handover.documents'), render: (handover) => <Sheets handover={handover} /> },
    { key: 'by', title: t('handover.by'), width: '110px', render: ({ by }) => nameOf(by).split(' · ')[0] },
    {
      key: 'state',
      title: t('handover.state'),
      width: '190px',
      render: (handover) => (
        <>
          <Whereabouts handover={handover} />
          {handover.manner === 'copied' && !handover.outcome && mayTakeBack && (
            <Button size="small" onClick={() => onTakeBack(handover)}>
              {t('takeBack')}
            </Button>
          )}
        </>
      ),
    },
  ];
  return (
    <Panel flush title={t('handovers')}>
      <PlainTable label={t('handovers')} columns={columns} rows={one.handovers ?? []} rowKey={({ id }) => id} empty={t('noHandovers')} />
    </Panel>
  );
}

function Sheets({ handover: { documents, digest, cuts } }: { handover: Handover }) {
  const { t } = useTranslation('sharing');
  const text = useText();
  const row = useRow();
  return (
    <>
      {row((documents ?? []).map(({ kind, pages }) => `${text(kinds[kind]) || kind} (${t('handover.pages', { count: pages })})`))} <Code value={digest} ends={6} />
      {cuts && cuts.length > 0 && <Cuts cuts={cuts} />}
    </>
  );
}

/** What was kept back or blotted out, by its ground. */
function Cuts({ cuts }: { cuts: NonNullable<Handover['cuts']> }) {
  const { t } = useTranslation('sharing');
  const text = useText();
  const row = useRow();
  return (
    <div className={styles.muted}>
      <p>{t('masking.cut')}</p>
      <ul>
        {[...new Set(cuts.map(({ ground }) => ground))].map((ground) => (
          <li key={ground}>
            {t('masking.byGround', {
              ground: t(`ground.${ground as keyof (typeof words)['ground']}`),
              sections: row(
                cuts
                  .filter((cut) => cut.ground === ground)
                  .map(({ section, phrases }) => (text(titleOfSection(section)) || section) + (phrases ? ` (${t('masking.blotted', { count: phrases })})` : '')),
              ),
            })}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Whereabouts({ handover: { manner, outcome, returnBy } }: { handover: Handover }) {
  const { t } = useTranslation('sharing');
  if (outcome) return <Pill tone="success">{t(`outcome.${outcome as keyof (typeof words)['outcome']}`)}</Pill>;
  if (manner === 'viewed') return <Pill>{t('outcomeNone')}</Pill>;
  return returnBy ? <Clock deadline={returnBy} /> : <Pill tone="warning">{t('outcomeAway')}</Pill>;
}

function Papers({ one, requester }: { one: SeenCase; requester: Requester | undefined }) {
  const { t } = useTranslation('sharing');
  const text = useText();
  const nameOf = (paper: string) => text(requester?.papers?.find(({ id }) => id === paper)?.name) || paper;
  const columns: Column<Presented>[] = [
    { key: 'name', title: t('paper.name'), render: ({ paper }) => nameOf(paper) },
    { key: 'number', title: t('paper.number'), render: ({ number }) => number ?? t('none') },
    { key: 'issuer', title: t('paper.issuer'), render: ({ issuer }) => issuer || t('none') },
    { key: 'digest', title: t('paper.digest'), width: '170px', render: ({ digest }) => <Code value={digest} ends={6} copyable /> },
  ];
  return (
    <Panel flush title={t('papers')}>
      <PlainTable label={t('papers')} columns={columns} rows={one.papers.presented ?? []} rowKey={({ paper, digest }) => `${paper}-${digest}`} empty={t('none')} />
    </Panel>
  );
}

function About({ one, requester }: { one: SeenCase; requester: Requester | undefined }) {
  const { t } = useTranslation('sharing');
  const text = useText();
  const row = useRow();
  const nameOf = useName(one);
  const facts: (Fact | false | undefined)[] = [
    { label: t('fact.kind'), value: text(requester?.name) || one.kind },
    one.agency !== undefined && { label: t('fact.agency'), value: one.agency },
    { label: t('fact.names'), value: row(one.papers.names ?? []) },
    { label: t('fact.basis'), value: one.basis },
    { label: t('fact.received'), value: <>{nameOf(one.receivedBy)} <When at={one.received} /></> },
    one.closed === undefined && { label: t('fact.deadline'), value: <Clock deadline={one.deadline} start={one.received} full /> },
    one.assistant !== undefined && { label: t('fact.assistant'), value: nameOf(one.assistant) },
    one.until !== undefined && one.closed === undefined && { label: t('fact.until'), value: <Clock deadline={one.until} full /> },
    one.approved !== undefined && { label: t('fact.approved'), value: <>{nameOf(one.approvedBy)} <When at={one.approved} /></> },
    one.confirmBy !== undefined && { label: t('fact.confirmed'), value: one.confirmedBy ? nameOf(one.confirmedBy) : <Clock deadline={one.confirmBy} full /> },
    one.consent !== undefined && { label: t('fact.consent'), value: <Code value={one.consent} ends={6} /> },
    one.why !== undefined && { label: t('fact.why'), value: one.why },
  ];
  return (
    <Panel title={t('facts')}>
      <Facts facts={facts.filter((fact): fact is Fact => Boolean(fact))} />
    </Panel>
  );
}

function History({ one }: { one: SeenCase }) {
  const { t } = useTranslation('sharing');
  const text = useText();
  const columns: Column<CaseStep>[] = [
    { key: 'at', title: t('handover.at'), width: '150px', render: ({ at }) => <When at={at} /> },
    { key: 'what', title: t('history'), render: ({ kind, person }) => `${text(one.names[person])} ${t(`step.${kind as keyof (typeof words)['step']}`)}` },
  ];
  return (
    <Panel flush title={t('history')}>
      <PlainTable label={t('history')} columns={columns} rows={one.steps ?? []} rowKey={({ at, kind, person }) => `${at}-${kind}-${person}`} empty={t('none')} />
    </Panel>
  );
}
