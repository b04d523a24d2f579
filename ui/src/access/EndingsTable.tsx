import { Drawer } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Facts, type Fact } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column, Filter } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useRow, useText } from '@/language/text';
import { grantTones } from './grant';
import styles from './GrantsPage.module.css';
import { useKnownPatient } from './live-reasons';

export type Ending = Schemas['AccessEnding'];
type EndTrial = Schemas['AccessEndTrial'];

const states = ['ending', 'ended', 'failed'] as const;

interface EndingsTableProps {
  page: TablePage<Ending>;
  /** Which other systems were told of an order; absent for whoever may not see it. */
  told?: ((ending: Ending) => ReactNode) | undefined;
}

/** Every order to end a right, on its way through the processes of the house. */
export function EndingsTable({ page, told }: EndingsTableProps) {
  const { t } = useTranslation('access');
  const [open, setOpen] = useState<Ending>();
  const columns = useColumns();
  const filters: Filter[] = [{ kind: 'choice', key: 'state', label: t('ends.state'), options: states.map((value) => ({ value, label: t(`ends.states.${value}`) })) }];
  return (
    <>
      <DataTable
        name="revocations"
        label={t('grants.tabs.ends')}
        columns={columns}
        filters={filters}
        page={page}
        rowKey={({ id }) => id}
        onOpen={setOpen}
        {...(open && { current: open.id })}
        empty={{ title: t('ends.none'), hint: t('ends.noneHint') }}
      />
      {open && <EndingDrawer ending={page.rows?.find(({ id }) => id === open.id) ?? open} told={told} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function useColumns(): Column<Ending>[] {
  const { t } = useTranslation('access');
  const text = useText();
  const nameOf = useKnownPatient();
  return [
    { key: 'kind', title: t('ends.kind'), width: '140px', fixed: true, render: ({ name }) => text(name) },
    { key: 'person', title: t('ends.whose'), width: '150px', fixed: true, render: ({ names, person }) => text(names?.[person ?? '']) },
    { key: 'patient', title: t('ends.patient'), render: ({ patient }) => patient && nameOf(patient) },
    { key: 'by', title: t('ends.by'), width: '150px', render: (ending) => <By ending={ending} /> },
    { key: 'asked', title: t('ends.asked'), width: '190px', render: ({ asked }) => <When at={asked} as="second" /> },
    { key: 'processes', title: t('ends.processes'), width: '120px', render: ({ trials }) => `${held(trials)} / ${trials?.length ?? 0}` },
    { key: 'state', title: t('ends.state'), width: '140px', render: ({ state }) => <EndPill state={state} /> },
  ];
}

const held = (trials: EndTrial[] | null) => (trials ?? []).filter(({ at, open }) => at !== undefined && !open?.length).length;

function By({ ending: { by, names } }: { ending: Ending }) {
  const { t } = useTranslation('access');
  const text = useText();
  return text(names?.[by]) || t('ends.house');
}

function EndPill({ state }: { state: Ending['state'] }) {
  const { t } = useTranslation('access');
  return (
    <Pill tone={state === 'ended' ? 'success' : grantTones[state]} title={t(`ends.stateNotes.${state}`)}>
      {t(`ends.states.${state}`)}
    </Pill>
  );
}

function EndingDrawer({ ending, told, onClose }: Pick<EndingsTableProps, 'told'> & { ending: Ending; onClose: () => void }) {
  const { t } = useTranslation('access');
  const text = useText();
  const term = useTerm();
  const nameOf = useKnownPatient();
  const { name, person, patient, names, asked, due, settled, state, remains, trials, tries, next, givenUp } = ending;
  const facts: (Fact | false | undefined)[] = [
    { label: t('ends.kind'), value: text(name) },
    person !== undefined && { label: t('ends.whose'), value: [text(names?.[person]), text(names?.[person]?.department)].filter(Boolean).join(' · ') },
    patient !== undefined && { label: t('ends.patient'), value: nameOf(patient) },
    { label: t('ends.by'), value: <By ending={ending} /> },
    { label: t('ends.asked'), value: <When at={asked} as="second" /> },
    { label: t('ends.due'), value: <When at={due} as="second" /> },
    settled !== undefined && { label: t('ends.settled'), value: <When at={settled} as="second" /> },
    tries !== undefined && { label: t('ends.tries'), value: tries },
    next !== undefined && { label: t('ends.next'), value: <When at={next} as="second" /> },
    givenUp !== undefined && { label: t('ends.givenUp'), value: <When at={givenUp} as="second" /> },
    Boolean(remains) && { label: t('grants.remains'), value: <Pill tone="warning">{term('tie', remains ?? '')}</Pill> },
  ];
  return (
    <Drawer open onClose={onClose} size={520} mask={false} title={t('ends.order')}>
      <div className={styles.parts}>
        <EndPill state={state} />
        {state === 'failed' && <Notice tone="error" title={t('ends.failed')} />}
        <Facts facts={facts.filter((fact): fact is Fact => Boolean(fact))} />
        <Trials trials={trials ?? []} />
        {told?.(ending)}
      </div>
    </Drawer>
  );
}

/** What each process of the house found when it asked again as the person. */
function Trials({ trials }: { trials: EndTrial[] }) {
  const { t } = useTranslation('access');
  const columns: Column<EndTrial>[] = [
    { key: 'process', title: t('ends.process'), width: '80px', render: ({ process }) => process.slice(-4) },
    { key: 'at', title: t('ends.tried'), width: '170px', render: ({ at }) => at && <When at={at} as="second" /> },
    { key: 'found', title: t('ends.found'), render: (trial) => <Found trial={trial} /> },
  ];
  return <PlainTable label={t('ends.processes')} columns={columns} rows={trials} rowKey={({ process }) => process} empty={t('ends.notYet')} />;
}

function Found({ trial: { at, open } }: { trial: EndTrial }) {
  const { t } = useTranslation('access');
  const row = useRow();
  if (at === undefined) return <Pill tone="warning">{t('ends.waits')}</Pill>;
  if (!open?.length) return <Pill tone="success">{t('ends.holds')}</Pill>;
  return <Pill tone="error">{row(open.map((what) => t(`ends.open.${what as 'row' | 'rules' | 'exports'}`)))}</Pill>;
}
