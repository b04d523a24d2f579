import { Button, Popconfirm, Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '@/app/Page';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { Facts, type Fact } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { Opened, SealSeen } from './seal';
import { SealBanner } from './SealBanner';
import { SealPill } from './SealPill';
import styles from './Seal.module.css';
import type words from './words.zh.json';

export const lookBackDays = [7, 30, 90, 180];

export interface SealPageProps {
  seal: SealSeen;
  patientName: string;
  days: number;
  onDays: (days: number) => void;
  /** Who did what with the patient in those days. */
  opened: Opened[] | undefined;
  openedFault?: string | undefined;
  sentence: (opened: Opened) => ReactNode;
  keeps: boolean;
  busy: boolean;
  error?: string | undefined;
  onRenew: () => void;
  onUnseal: () => void;
  onList: () => void;
  onUnlist: (person: string) => void;
  /** Which other systems were told of it. */
  told?: ReactNode;
}

type Looker = NonNullable<SealSeen['lookers']>[number];
type Paper = NonNullable<SealSeen['documents']>[number];
type SealStep = NonNullable<SealSeen['steps']>[number];
type StepKind = keyof (typeof words)['steps'];

/** One seal: why, who may still open what it covers, what happened to it, and who opened it before. */
export function SealPage(props: SealPageProps) {
  const { seal, patientName, keeps, busy, error, onRenew, onUnseal } = props;
  const { t } = useTranslation('seal');
  const live = !seal.lifted;
  return (
    <Page>
      <PageHead
        title={patientName}
        lead={<SealPill seal={seal} />}
        actions={
          keeps &&
          live && (
            <>
              {seal.kind === 'attention' && (
                <Popconfirm title={t('renewTitle')} okText={t('renew')} cancelText={t('no')} onConfirm={onRenew}>
                  <Button loading={busy} type={seal.overdue ? 'primary' : 'default'}>
                    {t('renew')}
                  </Button>
                </Popconfirm>
              )}
              <Button danger onClick={onUnseal}>
                {t(seal.kind === 'attention' ? 'unseal' : 'agree')}
              </Button>
            </>
          )
        }
      />
      <div className={styles.parts}>
        {live && (
          <SealBanner kind={seal.kind}>
            <Link to={`/patients/${seal.patient}`}>{t('openPatient')}</Link>
          </SealBanner>
        )}
        {error && <Notice tone="error">{error}</Notice>}
        {seal.overdue && live && <Notice tone="warning" title={t('overdue')} />}
        <div className={styles.columns}>
          <div className={styles.parts}>
            {live && seal.kind === 'attention' && <Lookers {...props} />}
            {seal.kind === 'dispute' && <Papers seal={seal} />}
            <LookBack {...props} />
            {props.told}
          </div>
          <div className={styles.parts}>
            <About seal={seal} />
            <History seal={seal} />
          </div>
        </div>
      </div>
    </Page>
  );
}

function Lookers({ seal, keeps, onList, onUnlist }: SealPageProps) {
  const { t } = useTranslation('seal');
  const text = useText();
  const term = useTerm();
  const nameOf = (id: string) => [text(seal.names[id]), text(seal.names[id]?.department)].filter(Boolean).join(' · ') || id;
  const columns: Column<Looker>[] = [
    { key: 'person', title: t('who'), render: ({ person }) => nameOf(person) },
    { key: 'by', title: t('by'), width: '200px', render: ({ by, role }) => (by === 'list' ? <Pill tone="warning">{t('byList')}</Pill> : <Pill tone="success">{[term('tie', by), role && term('care', role)].filter(Boolean).join(' · ')}</Pill>) },
    { key: 'until', title: t('until'), width: '190px', render: ({ until }) => <Clock deadline={until} /> },
    {
      key: 'do',
      title: '',
      width: '90px',
      align: 'end',
      render: ({ by, person }) =>
        keeps &&
        by === 'list' && (
          <Popconfirm title={t('unlistTitle')} okText={t('unlist')} cancelText={t('no')} onConfirm={() => onUnlist(person)}>
            <Button size="small">{t('unlist')}</Button>
          </Popconfirm>
        ),
    },
  ];
  return (
    <Panel
      flush
      title={t('lookers', { count: seal.lookers?.length ?? 0 })}
      extra={
        keeps && (
          <Button size="small" onClick={onList}>
            {t('listAdd')}
          </Button>
        )
      }
    >
      <PlainTable label={t('lookersLabel')} columns={columns.filter(({ key }) => key !== 'do' || keeps)} rows={seal.lookers ?? []} rowKey={({ person, by, role }) => `${person}-${by}-${role ?? ''}`} empty={t('noLookers')} />
    </Panel>
  );
}

function Papers({ seal }: { seal: SealSeen }) {
  const { t } = useTranslation('seal');
  const columns: Column<Paper>[] = [
    { key: 'document', title: t('document'), render: ({ document, version }) => <>
      <Code value={document} ends={6} /> · {t('version', { version })}
    </> },
    { key: 'digest', title: t('digest'), width: '220px', render: ({ digest }) => <Code value={digest} ends={8} copyable /> },
    { key: 'state', title: t('state'), width: '140px', render: ({ state }) => <Pill tone={state === 'sealed' ? 'error' : 'warning'}>{t(`paperStates.${state}`)}</Pill> },
  ];
  return (
    <Panel title={t('documents', { count: seal.documents?.length ?? 0 })} flush>
      <PlainTable label={t('documentsLabel')} columns={columns} rows={seal.documents ?? []} rowKey={({ document }) => document} empty={t('noDocuments')} />
    </Panel>
  );
}

function LookBack({ days, onDays, opened, openedFault, sentence }: SealPageProps) {
  const { t } = useTranslation('seal');
  const columns: Column<Opened>[] = [
    { key: 'at', title: t('at'), width: '170px', render: ({ at }) => <When at={at} as="second" /> },
    { key: 'what', title: t('what'), render: sentence },
  ];
  return (
    <Panel
      flush
      title={t('lookBack')}
      extra={<Segmented size="small" value={days} aria-label={t('lookBackDays')} options={lookBackDays.map((value) => ({ value, label: t('days', { count: value }) }))} onChange={onDays} />}
    >
      {openedFault ? <Notice tone="error">{openedFault}</Notice> : <PlainTable label={t('lookBack')} columns={columns} rows={opened} rowKey={({ entry }) => entry} empty={t('nobodyOpened')} />}
    </Panel>
  );
}

function About({ seal }: { seal: SealSeen }) {
  const { t } = useTranslation('seal');
  const text = useText();
  const facts: (Fact | false | undefined)[] = [
    { label: t('why'), value: seal.said || '–' },
    { label: t('owner'), value: text(seal.names[seal.owner]) },
    { label: t('since'), value: <When at={seal.since} as="second" /> },
    seal.renewBy !== undefined && !seal.lifted && { label: t('renewBy'), value: <Clock deadline={seal.renewBy} full /> },
    seal.freeFrom !== undefined && { label: t('freeFrom'), value: <When at={seal.freeFrom} as="day" /> },
    ...(seal.parties ?? []).map(({ side, name }) => ({ label: t(`sides.${side as 'hospital'}`), value: name })),
    Boolean(seal.copyDigest) && { label: t('copy'), value: <Code value={seal.copyDigest ?? ''} ends={8} copyable /> },
    seal.lifted !== undefined && { label: t('liftedAt'), value: text(seal.names[seal.liftedBy ?? '']) },
  ];
  return (
    <Panel title={t('about')}>
      <Facts facts={facts.filter((fact): fact is Fact => Boolean(fact))} />
    </Panel>
  );
}

function History({ seal }: { seal: SealSeen }) {
  const { t } = useTranslation('seal');
  const text = useText();
  const columns: Column<SealStep>[] = [
    { key: 'at', title: t('at'), width: '160px', render: ({ at }) => <When at={at} /> },
    { key: 'what', title: t('what'), render: ({ kind, person }) => `${text(seal.names[person])} ${t(`steps.${kind as StepKind}`)}` },
  ];
  return (
    <Panel title={t('history')} flush>
      <PlainTable label={t('history')} columns={columns} rows={seal.steps ?? []} rowKey={({ at, kind, person }) => `${at}-${kind}-${person}`} empty="–" />
    </Panel>
  );
}
