import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
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
}

/** Whose extra rights are frozen after repeated refusals, and what was decided about it. */
export function FreezesTable({ page, onSettle }: FreezesTableProps) {
  const { t } = useTranslation('access');
  const [open, setOpen] = useState<Freeze>();
  const columns = useColumns();
  const shown = open && (page.rows?.find(({ id }) => id === open.id) ?? open);
  return (
    <>
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
      {shown && <FreezeDrawer freeze={shown} onSettle={onSettle} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function useColumns(): Column<Freeze>[] {
  const { t } = useTranslation('access');
  const text = useText();
  return [
    { key: 'person', title: t('freezes.person'), width: '160px', fixed: true, render: ({ names, person }) => text(names[person]) },
    { key: 'refused', title: t('freezes.refused'), width: '120px', render: ({ refused }) => refused },
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

function FreezeDrawer({ freeze, onSettle, onClose }: Pick<FreezesTableProps, 'onSettle'> & { freeze: Freeze; onClose: () => void }) {
  const { t } = useTranslation('access');
  const text = useText();
  const { names, person, refused, since, until, state, settled, settledBy, said, signed } = freeze;
  const facts: (Fact | false | undefined)[] = [
    { label: t('freezes.person'), value: [text(names[person]), text(names[person]?.department)].filter(Boolean).join(' · ') },
    { label: t('freezes.refused'), value: refused },
    { label: t('freezes.since'), value: <When at={since} /> },
    { label: t('freezes.until'), value: <When at={until} /> },
    settled !== undefined && { label: t('freezes.settled'), value: <When at={settled} /> },
    settledBy !== undefined && { label: t('freezes.settledBy'), value: text(names[settledBy]) },
    said !== undefined && { label: t('freezes.said'), value: said },
  ];
  return (
    <Drawer
      open
      onClose={onClose}
      size={520}
      mask={false}
      title={t('freezes.freeze')}
      footer={
        onSettle && (
          <div className={styles.foot}>
            {settled === undefined && <Button onClick={() => onSettle(freeze, false)}>{t('freezes.stand')}</Button>}
            {state === 'live' && (
              <Button type="primary" onClick={() => onSettle(freeze, true)}>
                {t('freezes.lift')}
              </Button>
            )}
          </div>
        )
      }
    >
      <div className={styles.parts}>
        <FreezePill state={state} />
        {state === 'live' && <Notice tone="warning" title={t('freezes.what')} />}
        <Facts facts={facts.filter((fact): fact is Fact => Boolean(fact))} />
        {signed?.map((one) => (
          <Notice key={one.grant} tone="info" title={t('responsibility.signedThen')}>
            {text(one.said)} <When at={one.at} />
          </Notice>
        ))}
      </div>
    </Drawer>
  );
}
