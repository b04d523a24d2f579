import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '@/app/Page';
import { Clock } from '@/kit/Clock';
import { EmptyState } from '@/kit/EmptyState';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { hour, useSpan } from '@/language/time';
import { nextOf, type Case, type Requester } from './case';
import { tallied, type Figure, type Tally } from './figures';
import { StateOfCase } from './StateOfCase';
import styles from './Sharing.module.css';

export interface SharingPageProps {
  cases: Case[] | undefined;
  figures: Figure[];
  requesters: Requester[];
  all: boolean;
  onAll: (all: boolean) => void;
  patientName: (id: string) => string;
  error?: string | undefined;
  actions?: ReactNode;
  /** Leads to what else goes outside. */
  tabs?: ReactNode;
}

const ended = (state: string) => state === 'closed' || state === 'refused';

/** What outside asks of the house, the newest first, with what each waits for. */
export function SharingPage({ cases, figures, requesters, all, onAll, patientName, error, actions, tabs }: SharingPageProps) {
  const { t } = useTranslation('sharing');
  const text = useText();
  const requester = (kind: string) => requesters.find(({ id }) => id === kind);
  const nameOf = (kind: string) => text(requester(kind)?.name) || kind;
  const columns: Column<Case>[] = [
    { key: 'requester', title: t('column.requester'), render: ({ id, kind, agency }) => <Link to={`/sharing/${id}`}>{agency ?? nameOf(kind)}</Link> },
    { key: 'kind', title: t('fact.kind'), width: '150px', render: ({ kind }) => nameOf(kind) },
    { key: 'patient', title: t('column.patient'), width: '130px', render: ({ patient }) => patientName(patient) },
    { key: 'state', title: t('column.state'), width: '130px', render: (one) => <StateOfCase one={one} /> },
    { key: 'next', title: t('column.next'), width: '190px', render: (one) => <Next one={one} agency={requester(one.kind)?.agency ?? false} /> },
    { key: 'deadline', title: t('column.deadline'), width: '170px', render: ({ state, deadline, received }) => (ended(state) ? t('none') : <Clock deadline={deadline} start={received} />) },
    { key: 'received', title: t('column.received'), width: '150px', render: ({ received }) => <When at={received} /> },
  ];
  const rows = cases?.filter(({ state }) => all || !ended(state));
  return (
    <Page>
      <PageHead title={t('title')} lead={t('lead')} actions={actions} />
      {tabs}
      <div className={styles.parts}>
        {error && <Notice tone="error">{error}</Notice>}
        <Panel
          flush
          title={t('list')}
          extra={<Segmented size="small" value={all ? 'all' : 'open'} aria-label={t('which')} options={[{ value: 'open', label: t('open') }, { value: 'all', label: t('all') }]} onChange={(value) => onAll(value === 'all')} />}
        >
          <PlainTable label={t('list')} columns={columns} rows={rows} rowKey={({ id }) => id} empty={<EmptyState title={t(all || cases?.length === 0 ? 'emptyAll' : 'empty')} />} />
        </Panel>
        {figures.length > 0 && <Statistics figures={figures} nameOf={nameOf} />}
      </div>
    </Page>
  );
}

function Next({ one, agency }: { one: Case; agency: boolean }) {
  const { t } = useTranslation('sharing');
  const next = nextOf(one, agency);
  if (!next) return t('none');
  return next === 'check' ? `${t('doing.check')} · ${t('checkedOf', { n: one.checks?.length ?? 0 })}` : t(`doing.${next}`);
}

function Statistics({ figures, nameOf }: { figures: Figure[]; nameOf: (kind: string) => string }) {
  const { t } = useTranslation('sharing');
  const span = useSpan();
  const number = (key: 'all' | 'open' | 'approved' | 'closed' | 'refused'): Column<Tally> => ({ key, title: t(`figure.${key}`), width: '110px', align: 'end', render: (tally) => tally[key] });
  const columns: Column<Tally>[] = [
    { key: 'kind', title: t('figure.kind'), render: ({ kind }) => nameOf(kind) },
    ...(['all', 'open', 'approved', 'closed', 'refused'] as const).map(number),
    { key: 'hours', title: t('figure.hours'), width: '220px', align: 'end', render: ({ hours }) => (hours > 0 ? span(hours * hour) : t('none')) },
  ];
  return (
    <Panel flush title={t('statistics')} extra={<span className={styles.muted}>{t('statisticsNote')}</span>}>
      <PlainTable label={t('statistics')} columns={columns} rows={tallied(figures)} rowKey={({ kind }) => kind} empty={t('none')} />
    </Panel>
  );
}
