import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import type { Column, Filter } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import type { ExportFormat } from '@/kit/table/Tools';
import type { Tone } from '@/kit/tone';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import type { People } from '@/staff/person';
import { EntryDrawer, type OpenEntry } from './EntryDrawer';
import { Sentence, type Line, type Names } from './Sentence';
import { verbsShown } from './verbs';

export interface LedgerPageProps {
  page: TablePage<Line>;
  people: People;
  names?: Names;
  /** Entries that are placed but cannot be found yet. */
  behind: number;
  open?: OpenEntry;
  onOpen: (line: Line) => void;
  onClose: () => void;
  onExport?: (format: ExportFormat) => void;
}

/** Who did what with whose records, and why. Filters stand in the address: from, to, verb, outcome, tie. */
export function LedgerPage({ page, people, names, behind, open, onOpen, onClose, onExport }: LedgerPageProps) {
  const { t } = useTranslation('ledger');
  const filters = useFilters();
  return (
    <Page fixed>
      <PageHead title={t('page.title')} lead={t('page.lead')} />
      {behind > 0 && <Notice>{t('page.behind', { count: behind })}</Notice>}
      <Lines page={page} people={people} {...(names && { names })} filters={filters} current={open?.line.id} onOpen={onOpen} onExport={onExport} />
      {open && <EntryDrawer open={open} people={people} {...(names && { names })} onClose={onClose} />}
    </Page>
  );
}

interface LinesProps {
  page: TablePage<Line>;
  people: People;
  names?: Names;
  filters?: Filter[];
  current: string | undefined;
  onOpen: ((line: Line) => void) | undefined;
  onExport: ((format: ExportFormat) => void) | undefined;
}

/** The sentences of the ledger, one on a line. */
export function Lines({ page, people, names, filters, current, onOpen, onExport }: LinesProps) {
  const { t } = useTranslation('ledger');
  const columns = useColumns(people, names);
  return (
    <DataTable
      name="ledger"
      label={t('page.title')}
      columns={columns}
      {...(filters && { filters })}
      page={page}
      rowKey={(line) => line.id}
      {...(onOpen && { onOpen })}
      {...(current && { current })}
      {...(onExport && { onExport })}
      empty={{ title: t('page.empty'), hint: t('page.emptyHint') }}
    />
  );
}

const outcomeTones: Record<Line['outcome'], Tone> = { done: 'neutral', refused: 'error', reported: 'warning' };

function useColumns(people: People, names: Names | undefined): Column<Line>[] {
  const { t } = useTranslation('ledger');
  const term = useTerm();
  return useMemo(
    () => [
      { key: 'at', title: t('column.at'), width: '172px', fixed: true, render: (line) => <When at={line.at} as="second" /> },
      { key: 'sentence', title: t('column.sentence'), fixed: true, render: (line) => <Sentence line={line} people={people} {...(names && { names })} /> },
      { key: 'outcome', title: t('column.outcome'), width: '122px', render: (line) => <Pill tone={outcomeTones[line.outcome]}>{term('outcome', line.outcome)}</Pill> },
      { key: 'tie', title: t('column.tie'), width: '110px', render: (line) => line.tie && term('tie', line.tie) },
      { key: 'verb', title: t('column.verb'), width: '170px', hidden: true, render: (line) => <code>{line.verb}</code> },
      { key: 'position', title: t('column.position'), width: '96px', align: 'end', render: (line) => line.position },
    ],
    [t, term, people, names],
  );
}

function useFilters(): Filter[] {
  const { t } = useTranslation('ledger');
  const term = useTerm();
  return [
    { kind: 'period', fromKey: 'from', toKey: 'to', label: t('filter.period') },
    { kind: 'choice', key: 'verb', label: t('filter.verb'), many: true, options: verbsShown.map((verb) => ({ value: verb, label: t(`name.${verb}`) })) },
    { kind: 'choice', key: 'outcome', label: t('filter.outcome'), options: (['done', 'refused', 'reported'] as const).map((value) => ({ value, label: term('outcome', value) })) },
    { kind: 'choice', key: 'tie', label: t('filter.tie'), options: (['care', 'task', 'duty', 'reason', 'glass', 'grant'] as const).map((value) => ({ value, label: term('tie', value) })) },
  ];
}
