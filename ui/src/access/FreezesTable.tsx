import { Button, Drawer } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { Facts, type Fact } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { Pill } from '@/kit/Pill';
import type { Column } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import styles from './GrantsPage.module.css';

export type Freeze = Schemas['AccessFreeze'];

interface FreezesTableProps {
  page: TablePage<Freeze>;
  /** Absent for whoever only sees them. */
  onSettle?: ((freeze: Freeze, lift: boolean) => void) | undefined;
  /** Gives the verdict on what somebody else flagged. */
  onReview?: ((freeze: Freeze, confirmed: boolean) => void) | undefined;
  /** Who reads: nobody is offered to review what he flagged. */
  me?: string | undefined;
  actions?: ReactNode;
}

/** Whose extra rights are frozen, by repeated refusals or by hand, and what was decided about it. */
export function FreezesTable({ page, onSettle, onReview, me, actions }: FreezesTableProps) {
  const { t } = useTranslation('access');
  const [open, setOpen] = useState<Freeze>();
  const columns = useColumns();
  const shown = open && (page.rows?.find(({ id }) => id === open.id) ?? open);
  return (
    <>
      {actions && <div className={styles.actions}>{actions}</div>}
      <DataTable
        name="freezes"
        label={t('grants.tabs.freezes')}
        columns={columns}
        page={page}
        rowKey={({ id }) => id}
        onOpen={setOpen}
        {...(open && { current: open.id })}
        empty={{ title: t('freezes.none'), hint: t('freezes.noneHint') }}
      />
      {shown && <FreezeDrawer freeze={shown} me={me} onSettle={onSettle} onReview={onReview} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function useColumns(): Column<Freeze>[] {
  const { t } = useTranslation('access');
  const text = useText();
  return [
    { key: 'person', title: t('freezes.person'), width: '160px', fixed: true, render: ({ names, person }) => text(names[person]) },
    { key: 'why', title: t('breach.why'), width: '180px', render: ({ refused, breach }) => (breach ? t(`breach.causes.${breach.cause}`) : t('breach.refusals', { count: refused })) },
    { key: 'since', title: t('freezes.since'), width: '170px', render: ({ since }) => <When at={since} /> },
    { key: 'until', title: t('freezes.until'), width: '170px', render: ({ until }) => <When at={until} /> },
    { key: 'state', title: t('freezes.state'), width: '140px', render: ({ state }) => <FreezePill state={state} /> },
    { key: 'settled', title: t('freezes.settledBy'), render: ({ names, settledBy }) => (settledBy ? text(names[settledBy]) : t('freezes.undecided')) },
  ];
}

const tones = { live: 'warning', lifted: 'success', over: 'neutral' } as const;

function FreezePill({ state }: { state: Freeze['state'] }) {
  const { t } = useTranslation('access');
  return <Pill tone={tones[state]}>{t(`freezes.states.${state}`)}</Pill>;
}

interface FreezeDrawerProps extends Pick<FreezesTableProps, 'onSettle' | 'onReview' | 'me'> {
  freeze: Freeze;
  onClose: () => void;
}

function FreezeDrawer({ freeze, me, onSettle, onReview, onClose }: FreezeDrawerProps) {
  const { t } = useTranslation('access');
  const { state, signed, breach } = freeze;
  return (
    <Drawer open onClose={onClose} size={520} mask={false} title={t(breach ? 'breach.title' : 'freezes.freeze')} footer={<FreezeFoot freeze={freeze} me={me} onSettle={onSettle} onReview={onReview} />}>
      <div className={styles.parts}>
        <FreezePill state={state} />
        {state === 'live' && <Notice tone="warning" title={t(breach ? 'breach.what' : 'freezes.what')} />}
        <FreezeFacts freeze={freeze} />
        {signed?.map((one) => <SignedThen key={one.grant} {...one} />)}
      </div>
    </Drawer>
  );
}

function SignedThen({ said, at }: Pick<NonNullable<Freeze['signed']>[number], 'said' | 'at'>) {
  const { t } = useTranslation('access');
  const text = useText();
  return (
    <Notice tone="info" title={t('responsibility.signedThen')}>
      {text(said)} <When at={at} />
    </Notice>
  );
}

function FreezeFacts({ freeze: { names, person, refused, since, until, settled, settledBy, said, breach } }: { freeze: Freeze }) {
  const { t } = useTranslation('access');
  const text = useText();
  const facts: (Fact | false | undefined)[] = [
    { label: t('freezes.person'), value: [text(names[person]), text(names[person]?.department)].filter(Boolean).join(' · ') },
    !breach && { label: t('freezes.refused'), value: refused },
    breach && { label: t('breach.cause'), value: t(`breach.causes.${breach.cause}`) },
    breach && { label: t('breach.words'), value: breach.said },
    breach && { label: t(`breach.grounds.${breach.evidence}`), value: <Code value={breach.reference} copyable /> },
    breach && { label: t('breach.flaggedBy'), value: text(names[breach.flaggedBy]) },
    breach && { label: t('breach.suspended'), value: breach.suspended },
    { label: t('freezes.since'), value: <When at={since} /> },
    breach && settled === undefined && { label: t('breach.reviewBy'), value: <Clock deadline={breach.reviewBy} start={since} full /> },
    { label: t('freezes.until'), value: <When at={until} /> },
    settled !== undefined && { label: t('freezes.settled'), value: <When at={settled} /> },
    settledBy !== undefined && { label: t('freezes.settledBy'), value: text(names[settledBy]) },
    said !== undefined && { label: t('freezes.said'), value: said },
  ];
  return <Facts facts={facts.filter((fact): fact is Fact => Boolean(fact))} />;
}

/** What may be decided: by another about what was flagged by hand, by the office about the rest. */
function FreezeFoot({ freeze, me, onSettle, onReview }: Omit<FreezeDrawerProps, 'onClose'>) {
  const { t } = useTranslation('access');
  const { state, settled, breach, person } = freeze;
  if (breach) {
    const mine = breach.flaggedBy === me || person === me;
    if (!onReview || mine || settled !== undefined || state !== 'live') return null;
    return (
      <div className={styles.foot}>
        <Button danger onClick={() => onReview(freeze, true)}>
          {t('breach.confirm')}
        </Button>
        <Button type="primary" onClick={() => onReview(freeze, false)}>
          {t('breach.clear')}
        </Button>
      </div>
    );
  }
  if (!onSettle) return null;
  return (
    <div className={styles.foot}>
      {settled === undefined && <Button onClick={() => onSettle(freeze, false)}>{t('freezes.stand')}</Button>}
      {state === 'live' && (
        <Button type="primary" onClick={() => onSettle(freeze, true)}>
          {t('freezes.lift')}
        </Button>
      )}
    </div>
  );
}
