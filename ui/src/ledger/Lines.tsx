import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';
import type { Column, Filter } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import type { Exported } from '@/kit/table/exporting';
import type { Tone } from '@/kit/tone';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import type { People } from '@/staff/person';
import { Sentence, type Line, type Names } from './Sentence';

interface LinesProps {
  page: TablePage<Line>;
  people: People;
  names?: Names;
  filters?: Filter[];
  current?: string | undefined;
  onOpen?: ((line: Line) => void) | undefined;
  exported?: Exported;
}

/** The sentences of the ledger, one on a line. */
export function Lines({ page, people, names, filters, current, onOpen, exported }: LinesProps) {
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
      {...(exported && { exported })}
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
      { key: 'use', title: t('column.use'), width: '84px', render: (line) => line.use && <Pill>{t(`use.${line.use}`)}</Pill> },
      { key: 'tie', title: t('column.tie'), width: '110px', render: (line) => line.tie && term('tie', line.tie) },
      { key: 'verb', title: t('column.verb'), width: '170px', hidden: true, render: (line) => <code>{line.verb}</code> },
      { key: 'position', title: t('column.position'), width: '96px', align: 'end', render: (line) => line.position },
    ],
    [t, term, people, names],
  );
}
