import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@/api/client';
import { Page } from '@/app/Page';
import { EmptyState } from '@/kit/EmptyState';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useRow, useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import styles from './ReachPage.module.css';

type Why = Schemas['AccessWhy'];

export interface ReachPageProps {
  /** Chooses whose reach is shown. */
  choose: ReactNode;
  /** Who or what is shown, in words. */
  about?: string;
  patient?: Schemas['PatientReachOut'] | undefined;
  person?: Schemas['PersonReachOut'] | undefined;
  departments: Departments;
  patientName: (id: string) => string;
  error?: string | undefined;
}

/** Who could open this patient, or what this person could open, at this moment; and why, in words with the rule. */
export function ReachPage({ choose, about, patient, person, error, ...rest }: ReachPageProps) {
  const { t } = useTranslation('access');
  return (
    <Page>
      <PageHead title={t('reach.title')} lead={t('reach.lead')} />
      <div className={styles.parts}>
        <div className={styles.choose}>{choose}</div>
        {error && <Notice tone="error">{error}</Notice>}
        {patient && <OfPatient reach={patient} about={about ?? ''} />}
        {person && <OfPerson reach={person} about={about ?? ''} {...rest} />}
        {!patient && !person && !error && <EmptyState title={t('reach.none')} hint={t('reach.noneHint')} />}
      </div>
    </Page>
  );
}

function useReason(): (why: Why) => ReactNode {
  const text = useText();
  const term = useTerm();
  return ({ tie, until, sentences, rules }) => (
    <>
      {tie && (
        <span className={styles.tie}>
          <Pill tone={tie === 'glass' ? 'error' : tie === 'care' ? 'success' : 'info'}>{term('tie', tie)}</Pill> {until && <Clock deadline={until} />}
        </span>
      )}
      <span>{(sentences ?? []).map((sentence) => text(sentence)).join(' ')}</span> <span className={styles.rules}>{(rules ?? []).join(' ')}</span>
    </>
  );
}

function OfPatient({ reach, about }: { reach: Schemas['PatientReachOut']; about: string }) {
  const { t } = useTranslation('access');
  const text = useText();
  const term = useTerm();
  const reason = useReason();
  const columns: Column<Why>[] = [
    {
      key: 'who',
      title: t('reasons.who'),
      width: '230px',
      render: ({ person }) => (
        <>
          <Link to={`/reach?person=${person}`}>{text(reach.names[person]) || person}</Link> <span className={styles.rules}>{[text(reach.names[person]?.department), text(reach.names[person]?.title)].filter(Boolean).join(' · ')}</span>
        </>
      ),
    },
    { key: 'purpose', title: t('ask.purpose'), width: '110px', render: ({ purpose }) => term('purpose', purpose) },
    { key: 'why', title: t('reach.why'), render: reason },
  ];
  return (
    <>
      <Notice>{t('reach.patientSums', { now: reach.openers?.length ?? 0, reason: reach.withReason, glass: reach.withGlass })}</Notice>
      {reach.more && <Notice tone="warning">{t('reach.moreThanShown')}</Notice>}
      <Panel title={t('reach.whoCould', { name: about })} flush>
        <PlainTable label={t('reach.whoCould', { name: about })} columns={columns} rows={reach.openers ?? []} rowKey={({ person }) => person} empty={t('reach.nobody')} />
      </Panel>
    </>
  );
}

function OfPerson({ reach, about, departments, patientName }: { reach: Schemas['PersonReachOut']; about: string } & Pick<ReachPageProps, 'departments' | 'patientName'>) {
  const { t } = useTranslation('access');
  const text = useText();
  const term = useTerm();
  const row = useRow();
  const reason = useReason();
  return (
    <>
      <Notice>{t('reach.personSums', { name: about, roles: row((reach.roles ?? []).map((role) => term('role', role))), count: reach.patients?.length ?? 0 })}</Notice>
      {reach.more && <Notice tone="warning">{t('reach.moreThanShown')}</Notice>}
      <Panel title={t('reach.posts')} flush>
        <PlainTable
          label={t('reach.posts')}
          rows={reach.posts ?? []}
          rowKey={({ appointment }) => appointment}
          empty={t('reach.noPosts')}
          columns={[
            { key: 'post', title: t('reach.post'), width: '260px', render: ({ role, department }) => `${text(departments[department]) || department} · ${term('role', role)}` },
            { key: 'until', title: t('ask.until'), width: '160px', render: ({ until }) => <When at={until} /> },
            { key: 'authorises', title: t('authorities.authorises'), width: '150px', render: ({ authorises }) => (authorises ? text(departments[authorises]) || authorises : t('authorities.standing.missing')) },
            {
              key: 'basis',
              title: t('reach.basis'),
              render: ({ basis, approvers, givenBy }) => (
                <>
                  {t(`reach.bases.${basis ?? 'none'}`)}{' '}
                  <span className={styles.rules}>{row((approvers?.length ? approvers : givenBy ? [givenBy] : []).map((id) => text(reach.names[id])).filter(Boolean))}</span>
                </>
              ),
            },
          ]}
        />
      </Panel>
      <Panel title={t('reach.patients')} flush>
        <PlainTable
          label={t('reach.patients')}
          rows={reach.patients ?? []}
          rowKey={({ patient }) => patient}
          empty={t('reach.noPatients')}
          columns={[
            { key: 'patient', title: t('reasons.patient'), width: '230px', render: ({ patient }) => <Link to={`/reach?patient=${patient}`}>{patientName(patient)}</Link> },
            { key: 'purpose', title: t('ask.purpose'), width: '110px', render: ({ purpose }) => term('purpose', purpose) },
            { key: 'why', title: t('reach.why'), render: reason },
          ]}
        />
      </Panel>
      <Panel title={t('reach.beyond')} flush>
        <PlainTable
          label={t('reach.beyond')}
          rows={reach.beyond ?? []}
          rowKey={({ purpose }) => purpose}
          empty={t('reach.noBeyond')}
          columns={[
            { key: 'purpose', title: t('ask.purpose'), width: '160px', render: ({ purpose }) => term('purpose', purpose) },
            { key: 'where', title: t('reach.where'), render: ({ organisation, departments: where }) => (organisation ? t('reach.organisation') : row((where ?? []).map((id) => text(departments[id]) || id))) },
            { key: 'level', title: t('reach.level'), width: '180px', render: ({ maxLevel }) => t('reach.levelOf', { level: maxLevel }) },
          ]}
        />
      </Panel>
      <Panel title={t('reach.rights')} flush>
        <PlainTable
          label={t('reach.rights')}
          rows={reach.rights ?? []}
          rowKey={({ rule }) => rule}
          empty={t('reach.noRights')}
          columns={[
            { key: 'sentence', title: t('reach.right'), render: ({ sentence }) => text(sentence) },
            { key: 'rule', title: t('reach.rule'), width: '240px', render: ({ rule }) => <Code value={rule} /> },
          ]}
        />
      </Panel>
    </>
  );
}
