import { keepPreviousData } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { Page } from '@/app/Page';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Clock } from '@/kit/Clock';
import { LinkButton } from '@/kit/LinkButton';
import { PageHead } from '@/kit/PageHead';
import { PageTabs } from '@/kit/PageTabs';
import { Pill } from '@/kit/Pill';
import { useTableAddress } from '@/kit/table/address';
import type { Column, Filter } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import { PurposeFirst } from '@/sharing/PurposeFirst';
import { toneOf, type Complaint, type Correction, type CorrectionNotice, type Suspicion } from './amendment';
import { fitting, tabs } from './who';

const SayNotice = lazy(() => import('./SayNotice'));
const Settle = lazy(() => import('./Settle'));
const Rules = lazy(() => import('./Rules'));

/** Corrections, who is told of them, complaints, what cannot be so, and the rules. */
export function Component() {
  const me = useSession();
  const { pathname } = useLocation();
  const tab = pathname.split('/')[2] ?? 'corrections';
  return (
    <PurposeFirst fitting={fitting(me, tab)}>
      <Desk key={tab} tab={tab} />
    </PurposeFirst>
  );
}

function Desk({ tab }: { tab: string }) {
  const { t } = useTranslation('amendment');
  const { roles } = useSession();
  const shown = tabs.filter(({ does }) => may(roles, does)).map(({ key }) => ({ path: key === 'corrections' ? '/amendments' : `/amendments/${key}`, title: t(`tabs.${key}`) }));
  return (
    <Page fixed>
      <PageHead title={t('title')} lead={t('lead')} />
      <PageTabs label={t('title')} tabs={shown} />
      {tab === 'notices' ? <Notices /> : tab === 'complaints' ? <Complaints /> : tab === 'suspicions' ? <Suspicions /> : tab === 'rules' ? <Suspense fallback={null}><Rules /></Suspense> : <Corrections />}
    </Page>
  );
}

function useChoice(key: 'state' | 'noticeState' | 'complaintState' | 'suspicionState', values: readonly string[]): Filter {
  const { t } = useTranslation('amendment');
  return { kind: 'choice', key: 'state', label: t('column.state'), options: values.map((value) => ({ value, label: t(`${key}.${value}` as never) })) };
}

function Corrections() {
  const { t } = useTranslation('amendment');
  const { cursor, limit, filters } = useTableAddress();
  const { state, scope } = filters;
  const listing = queries.useQuery('get', '/api/amendments', { params: { query: { cursor, limit, ...(state && { state: state as Correction['state'] }), ...(scope && { scope: scope as 'mine' }) } } }, { placeholderData: keepPreviousData });
  const person = usePerson(listing.data?.names);
  const columns: Column<Correction>[] = [
    { key: 'title', title: t('column.title'), fixed: true, render: ({ title }) => title },
    { key: 'kind', title: t('column.kind'), width: '110px', render: ({ kind }) => (kind ? t(`errorKind.${kind}` as never) : '') },
    { key: 'was', title: t('column.docState'), width: '100px', render: ({ was }) => t(`docState.${was}`) },
    { key: 'openedBy', title: t('column.openedBy'), width: '110px', render: ({ openedBy }) => person(openedBy) },
    { key: 'opened', title: t('column.opened'), width: '150px', render: ({ opened }) => <When at={opened} /> },
    { key: 'next', title: t('column.next'), width: '120px', render: ({ next }) => (next ? t(`step.${next}` as never) : '') },
    { key: 'told', title: t('column.told'), width: '90px', align: 'end', render: ({ told }) => told },
    { key: 'state', title: t('column.state'), width: '130px', fixed: true, render: (one) => <Pill tone={toneOf[one.state] ?? 'neutral'}>{t(`state.${one.state}`)}</Pill> },
  ];
  const narrowed: Filter[] = [
    { kind: 'choice', key: 'scope', label: t('scope'), options: (['mine', 'approve', 'all'] as const).map((value) => ({ value, label: t(`scopes.${value}`) })) },
    useChoice('state', ['writing', 'asked', 'approved', 'completed', 'refused', 'withdrawn', 'abandoned']),
  ];
  return <DataTable name="amendments" label={t('tabs.corrections')} columns={columns} filters={narrowed} page={tableOf(listing)} rowKey={({ id }) => id} rowHref={({ id }) => `/amendments/${id}`} empty={{ title: t('none'), hint: t('noneHint') }} />;
}

function Notices() {
  const { t } = useTranslation('amendment');
  const { cursor, limit, filters } = useTableAddress();
  const { state } = filters;
  const [open, setOpen] = useState<CorrectionNotice>();
  const listing = queries.useQuery('get', '/api/amendment-notices', { params: { query: { cursor, limit, ...(state && { state: state as CorrectionNotice['state'] }) } } }, { placeholderData: keepPreviousData });
  const person = usePerson(listing.data?.names);
  const columns: Column<CorrectionNotice>[] = [
    { key: 'recipient', title: t('column.recipient'), fixed: true, render: (one) => one.name || person(one.person) || t(`noticeKind.${one.kind}`) },
    { key: 'how', title: t('column.how'), width: '150px', render: ({ kind }) => t(`noticeKind.${kind}`) },
    { key: 'had', title: t('column.had'), width: '100px', align: 'end', render: ({ had }) => had },
    { key: 'due', title: t('column.due'), width: '160px', render: ({ state: now, due, left }) => (now === 'due' ? <Clock deadline={due} start={left} /> : '') },
    { key: 'toldAt', title: t('column.toldAt'), width: '140px', render: ({ told }) => told && <When at={told} /> },
    { key: 'acknowledged', title: t('column.acknowledged'), width: '140px', render: ({ acknowledged }) => acknowledged && <When at={acknowledged} /> },
    { key: 'state', title: t('column.state'), width: '150px', fixed: true, render: (one) => <Pill tone={toneOf[one.state] ?? 'neutral'}>{t(`noticeState.${one.state}`)}</Pill> },
    { key: 'see', title: t('column.actions'), width: '110px', render: ({ amendment }) => <Link to={`/amendments/${amendment}`}>{t('held.see')}</Link> },
  ];
  return (
    <>
      <DataTable name="amendment-notices" label={t('tabs.notices')} columns={columns} filters={[useChoice('noticeState', ['due', 'told', 'acknowledged', 'unreachable'])]} page={tableOf(listing)} rowKey={({ id }) => id} onOpen={setOpen} empty={{ title: t('noNotices') }} />
      <Suspense fallback={null}>{open && open.state !== 'acknowledged' && <SayNotice notice={open} onClose={() => setOpen(undefined)} />}</Suspense>
    </>
  );
}

function Complaints() {
  const { t } = useTranslation('amendment');
  const { cursor, limit, filters } = useTableAddress();
  const { state } = filters;
  const [open, setOpen] = useState<Complaint>();
  const listing = queries.useQuery('get', '/api/complaints', { params: { query: { cursor, limit, ...(state && { state: state as Complaint['state'] }) } } }, { placeholderData: keepPreviousData });
  const person = usePerson(listing.data?.names);
  const columns: Column<Complaint>[] = [
    { key: 'ground', title: t('column.ground'), fixed: true, render: ({ ground }) => t(`ground.${ground}`) },
    { key: 'document', title: t('column.document'), width: '140px', render: ({ document }) => <Link to={`/documents/${document}/replay`}>{`…${document.slice(-6)}`}</Link> },
    { key: 'writer', title: t('column.writer'), width: '120px', render: ({ writer }) => person(writer) },
    { key: 'broughtBy', title: t('column.broughtBy'), width: '120px', render: ({ broughtBy }) => person(broughtBy) },
    { key: 'brought', title: t('column.brought'), width: '150px', render: ({ brought }) => <When at={brought} /> },
    { key: 'settledBy', title: t('column.settledBy'), width: '120px', render: ({ settledBy }) => person(settledBy) },
    { key: 'state', title: t('column.state'), width: '120px', fixed: true, render: (one) => <Pill tone={toneOf[one.state] ?? 'neutral'}>{t(`complaintState.${one.state}`)}</Pill> },
  ];
  return (
    <>
      <DataTable name="complaints" label={t('tabs.complaints')} columns={columns} filters={[useChoice('complaintState', ['brought', 'quarantined', 'released', 'removed'])]} page={tableOf(listing)} rowKey={({ id }) => id} onOpen={setOpen} empty={{ title: t('noComplaints') }} />
      <Suspense fallback={null}>{open && <Settle what="complaint" id={open.id} state={open.state} onClose={() => setOpen(undefined)} />}</Suspense>
    </>
  );
}

function Suspicions() {
  const { t } = useTranslation('amendment');
  const { cursor, limit, filters } = useTableAddress();
  const { state } = filters;
  const [open, setOpen] = useState<Suspicion>();
  const listing = queries.useQuery('get', '/api/suspicions', { params: { query: { cursor, limit, ...(state && { state: state as Suspicion['state'] }) } } }, { placeholderData: keepPreviousData });
  const person = usePerson(listing.data?.names);
  const columns: Column<Suspicion>[] = [
    { key: 'title', title: t('column.title'), fixed: true, render: ({ title }) => title },
    { key: 'rule', title: t('column.rule'), width: '200px', render: ({ rule }) => t(`rule.${rule}`) },
    { key: 'writer', title: t('column.writer'), width: '120px', render: ({ writer }) => person(writer) },
    { key: 'found', title: t('column.found'), width: '150px', render: ({ found }) => <When at={found} /> },
    { key: 'settledBy', title: t('column.settledBy'), width: '120px', render: ({ settledBy }) => person(settledBy) },
    { key: 'state', title: t('column.state'), width: '120px', fixed: true, render: (one) => <Pill tone={toneOf[one.state] ?? 'neutral'}>{t(`suspicionState.${one.state}`)}</Pill> },
    { key: 'see', title: t('column.actions'), width: '110px', render: ({ document }) => <LinkButton to={`/documents/${document}/replay`}>{t('replay')}</LinkButton> },
  ];
  return (
    <>
      <DataTable name="suspicions" label={t('tabs.suspicions')} columns={columns} filters={[useChoice('suspicionState', ['open', 'cleared', 'confirmed'])]} page={tableOf(listing)} rowKey={({ id }) => id} onOpen={setOpen} empty={{ title: t('noSuspicions') }} />
      <Suspense fallback={null}>{open?.state === 'open' && <Settle what="suspicion" id={open.id} state={open.state} onClose={() => setOpen(undefined)} />}</Suspense>
    </>
  );
}
