import { Button, Drawer, Popconfirm, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { Clock } from '@/kit/Clock';
import { Facts, type Fact } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import { useTableAddress } from '@/kit/table/address';
import type { Column, Filter } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useRow, useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import { EndingsTable, type Ending } from './EndingsTable';
import { FreezesTable, type Freeze } from './FreezesTable';
import { grantTones, type Asked, type Grant } from './grant';
import styles from './GrantsPage.module.css';
import { AskedPill, RequestFacts, RequestSteps } from './RequestFacts';
import { useScopeWords } from './use-scope-words';

export const grantTabs = ['requests', 'grants', 'ends', 'freezes', 'adjustments', 'responsibility'] as const;
export type GrantTab = (typeof grantTabs)[number];

export interface GrantsPageProps {
  tab: GrantTab;
  onTab: (tab: GrantTab) => void;
  requests: TablePage<Asked>;
  grants: TablePage<Grant>;
  endings: TablePage<Ending>;
  told?: ((ending: Ending) => ReactNode) | undefined;
  /** Absent for whoever may not see them. */
  freezes?: TablePage<Freeze> | undefined;
  onSettle?: ((freeze: Freeze, lift: boolean) => void) | undefined;
  onReviewBreach?: ((freeze: Freeze, confirmed: boolean) => void) | undefined;
  onFlagBreach?: (() => void) | undefined;
  /** What the offices see besides; absent for others. */
  adjustments?: ReactNode;
  responsibility?: ReactNode;
  departments: Departments;
  openRequest?: Asked | undefined;
  openGrant?: Grant | undefined;
  onOpenRequest: (asked: Asked | undefined) => void;
  onOpenGrant: (grant: Grant | undefined) => void;
  /** Whose they are: the reader's own, or everybody's for the offices. */
  me: string;
  mayRevoke: (grant: Grant) => boolean;
  onRevoke: (grant: Grant) => void;
  onWithdraw: (asked: Asked) => void;
  onAgain: (grant: Grant, way: 'extend' | 'clone') => void;
  onSign?: ((asked: Asked) => void) | undefined;
  onKeep?: ((grant: Grant) => void) | undefined;
}

/** What was asked for and what was given, each with its clock. */
export function GrantsPage(props: GrantsPageProps) {
  const { tab, onTab, requests, grants, endings, freezes, onSettle, adjustments, responsibility, departments, openRequest, openGrant, onOpenRequest, onOpenGrant } = props;
  const { t } = useTranslation('access');
  const requestColumns = useRequestColumns(departments);
  const grantColumns = useGrantColumns(departments);
  const address = useTableAddress();
  const only = (key: 'waiting' | 'live'): Filter[] => [{ kind: 'choice', key, label: t('grants.state'), options: [{ value: 'yes', label: t(`grants.only.${key}`) }] }];
  const offices: Partial<Record<GrantTab, unknown>> = { freezes, adjustments, responsibility };
  const shown = grantTabs.filter((key) => !(key in offices) || offices[key]);
  const whole = tab === 'adjustments' || tab === 'responsibility';
  return (
    <Page fixed={!whole}>
      <PageHead title={t('grants.title')} lead={t('grants.lead')} />
      <Tabs activeKey={tab} onChange={(key) => onTab(key as GrantTab)} items={shown.map((key) => ({ key, label: t(`grants.tabs.${key}`) }))} />
      {tab === 'ends' && <EndingsTable page={endings} told={props.told} />}
      {tab === 'freezes' && freezes && (
        <FreezesTable page={freezes} onSettle={onSettle} onReview={props.onReviewBreach} me={props.me} actions={props.onFlagBreach && <Button onClick={props.onFlagBreach}>{t('breach.flag')}</Button>} />
      )}
      {tab === 'adjustments' && adjustments}
      {tab === 'responsibility' && responsibility}
      {tab === 'requests' && (
        <DataTable
          key="requests"
          name="grant-requests"
          label={t('grants.tabs.requests')}
          columns={requestColumns}
          filters={only('waiting')}
          page={requests}
          rowKey={({ id }) => id}
          onOpen={onOpenRequest}
          {...(openRequest && { current: openRequest.id })}
          empty={{ title: t('grants.noRequests'), hint: t('grants.noRequestsHint') }}
        />
      )}
      {tab === 'grants' && (
        <DataTable
          key="grants"
          name="grants"
          label={t('grants.tabs.grants')}
          columns={grantColumns}
          filters={only('live')}
          page={grants}
          exported={{ list: 'grants', filter: { live: address.filters.live && 'true' } }}
          rowKey={({ id }) => id}
          onOpen={onOpenGrant}
          {...(openGrant && { current: openGrant.id })}
          empty={{ title: t('grants.noGrants'), hint: t('grants.noGrantsHint') }}
        />
      )}
      {openRequest && <RequestDrawer {...props} asked={openRequest} />}
      {openGrant && <GrantDrawer {...props} grant={openGrant} />}
    </Page>
  );
}

function useRequestColumns(departments: Departments): Column<Asked>[] {
  const { t } = useTranslation('access');
  const text = useText();
  const term = useTerm();
  const { whom, what } = useScopeWords(departments);
  return [
    { key: 'person', title: t('grants.forWhom'), width: '150px', fixed: true, render: ({ names, person }) => text(names?.[person]) },
    { key: 'whom', title: t('grants.opens'), fixed: true, render: ({ scope }) => whom(scope) },
    { key: 'what', title: t('ask.scope'), width: '140px', render: ({ scope }) => what(scope) },
    { key: 'purpose', title: t('ask.purpose'), width: '110px', render: ({ scope }) => term('purpose', scope.purpose ?? '') },
    { key: 'opened', title: t('grants.opened'), width: '160px', render: ({ opened }) => <When at={opened} /> },
    { key: 'state', title: t('grants.state'), width: '190px', render: (asked) => <AskedState asked={asked} /> },
  ];
}

function AskedState({ asked }: { asked: Asked }) {
  const { t } = useTranslation('access');
  return (
    <>
      <AskedPill asked={asked} /> {asked.waitsForMe && <Pill tone="warning">{t('grants.waitsForMe')}</Pill>}
    </>
  );
}

function useGrantColumns(departments: Departments): Column<Grant>[] {
  const { t } = useTranslation('access');
  const text = useText();
  const term = useTerm();
  const { whom, what } = useScopeWords(departments);
  return [
    { key: 'person', title: t('grants.holder'), width: '150px', fixed: true, render: ({ names, person }) => text(names?.[person]) },
    { key: 'whom', title: t('grants.opens'), fixed: true, render: ({ scope }) => whom(scope) },
    { key: 'what', title: t('ask.scope'), width: '140px', render: ({ scope }) => what(scope) },
    { key: 'purpose', title: t('ask.purpose'), width: '110px', render: ({ scope }) => term('purpose', scope.purpose ?? '') },
    { key: 'state', title: t('grants.state'), width: '130px', render: (grant) => <GrantPill grant={grant} /> },
    { key: 'left', title: t('grants.left'), width: '180px', render: (grant) => (grant.state === 'live' ? <Clock deadline={grant.confirmBy ?? grant.until} start={grant.since} /> : grant.ended && <When at={grant.ended} />) },
  ];
}

export function GrantPill({ grant: { state, confirmBy } }: { grant: Grant }) {
  const { t } = useTranslation('access');
  const provisional = state === 'live' && confirmBy !== undefined;
  return (
    <Pill tone={provisional ? 'warning' : grantTones[state]} title={t(`grants.stateNotes.${state}`)}>
      {t(provisional ? 'grants.states.unconfirmed' : `grants.states.${state}`)}
    </Pill>
  );
}

function RequestDrawer({ asked, me, departments, onOpenRequest, onWithdraw, onSign }: GrantsPageProps & { asked: Asked }) {
  const { t } = useTranslation('access');
  const mine = asked.person === me || asked.requester === me;
  return (
    <Drawer
      open
      onClose={() => onOpenRequest(undefined)}
      size={520}
      mask={false}
      title={t('grants.request')}
      footer={
        asked.state === 'waiting' &&
        mine && (
          <div className={styles.foot}>
            <Popconfirm title={t('grants.withdrawTitle')} okText={t('grants.withdraw')} cancelText={t('grants.keepIt')} onConfirm={() => onWithdraw(asked)}>
              <Button>{t('grants.withdraw')}</Button>
            </Popconfirm>
            {onSign && toSign(asked, me) && (
              <Button type="primary" onClick={() => onSign(asked)}>
                {t('responsibility.sign')}
              </Button>
            )}
          </div>
        )
      }
    >
      <div className={styles.parts}>
        <AskedPill asked={asked} />
        <StatementOf asked={asked} />
        <RequestSteps asked={asked} />
        <RequestFacts asked={asked} departments={departments} />
      </div>
    </Drawer>
  );
}

/** Whether the reader must sign for what would be his. */
const toSign = ({ state, statement, signed, person }: Asked, me: string) => state === 'waiting' && statement !== undefined && signed === undefined && person === me;

/** What must be signed for a request, and whether it was. */
export function StatementOf({ asked: { statement, signed, state } }: { asked: Asked }) {
  const { t } = useTranslation('access');
  const text = useText();
  if (!statement || (!signed && state !== 'waiting')) return null;
  return (
    <Notice tone={signed ? 'success' : 'warning'} title={t(signed ? 'responsibility.isSigned' : 'responsibility.mustSign', { version: statement.version })}>
      {text(statement.said)} {signed && <When at={signed} />}
    </Notice>
  );
}

function GrantDrawer({ grant, me, departments, mayRevoke, onOpenGrant, onRevoke, onAgain, onKeep }: GrantsPageProps & { grant: Grant }) {
  const { t } = useTranslation('access');
  const text = useText();
  const row = useRow();
  const term = useTerm();
  const { whom, acts } = useScopeWords(departments);
  const names = grant.names ?? {};
  const mine = grant.person === me || grant.requester === me;
  const live = grant.state === 'live';
  const facts: (Fact | false | undefined)[] = [
    { label: t('grants.holder'), value: [text(names[grant.person]), text(names[grant.person]?.department)].filter(Boolean).join(' · ') },
    { label: t('grants.opens'), value: whom(grant.scope) },
    { label: t('grants.acts.title'), value: row(acts(grant.scope)) },
    { label: t('ask.purpose'), value: term('purpose', grant.scope.purpose ?? '') },
    { label: t('grants.requester'), value: text(names[grant.requester]) },
    { label: t('grants.approvers'), value: row((grant.approvers ?? []).map((id) => text(names[id]) || id)) },
    { label: t('grants.since'), value: <When at={grant.since} /> },
    { label: t('ask.until'), value: live ? <Clock deadline={grant.until} start={grant.since} full /> : <When at={grant.until} /> },
    grant.ended !== undefined && { label: t('grants.endedAt'), value: <When at={grant.ended} as="second" /> },
    grant.cause !== undefined && { label: t('grants.cause'), value: `${t(`grants.causes.${grant.cause}`)}${grant.endedBy ? ` · ${text(names[grant.endedBy])}` : ''}` },
    grant.checked !== undefined && { label: t('grants.checked'), value: <When at={grant.checked} as="second" /> },
    Boolean(grant.remains) && { label: t('grants.remains'), value: <Pill tone="warning">{term('tie', grant.remains ?? '')}</Pill> },
  ];
  return (
    <Drawer
      open
      onClose={() => onOpenGrant(undefined)}
      size={520}
      mask={false}
      title={t('grants.grant')}
      footer={
        <div className={styles.foot}>
          {grant.idle && live && grant.person === me && onKeep && (
            <Button type="primary" onClick={() => onKeep(grant)}>
              {t('grants.keepUnused')}
            </Button>
          )}
          {mine && live && <Button onClick={() => onAgain(grant, 'extend')}>{t('grants.extend')}</Button>}
          {mine && <Button onClick={() => onAgain(grant, 'clone')}>{t('grants.clone')}</Button>}
          {live && mayRevoke(grant) && (
            <Popconfirm title={t('grants.revokeTitle')} description={t('grants.revokeNote')} okText={t('grants.revoke')} cancelText={t('grants.keepIt')} onConfirm={() => onRevoke(grant)}>
              <Button danger>{t(grant.person === me ? 'grants.giveBack' : 'grants.revoke')}</Button>
            </Popconfirm>
          )}
        </div>
      }
    >
      <div className={styles.parts}>
        <GrantPill grant={grant} />
        {grant.state === 'failed' && <Notice tone="error" title={t('grants.failed')} />}
        {grant.confirmBy && live && (
          <Notice tone="warning" title={t('grants.unconfirmed')}>
            <Clock deadline={grant.confirmBy} full />
          </Notice>
        )}
        {grant.idle && live && (
          <Notice tone="warning" title={t('grants.unused', { count: grant.idle.days })}>
            <Clock deadline={grant.idle.ends} start={grant.idle.noticed} full />
          </Notice>
        )}
        <Facts facts={facts.filter((fact): fact is Fact => Boolean(fact))} />
      </div>
    </Drawer>
  );
}
