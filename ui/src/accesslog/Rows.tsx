import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Pill } from '@/kit/Pill';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import type { Names } from '@/privilege/privilege';
import { doneIn, verdictTones, type Reported } from './accesslog';
import { ReportedMark } from './ReportedMark';

/** The columns of what sources reported; about one patient, his own column is left out. */
export function useReportedColumns(names: Names | undefined, called: Record<string, string> | undefined, ofPatient = false): Column<Reported>[] {
  const { t } = useTranslation('accesslog');
  const person = usePerson(names);
  const columns: Column<Reported>[] = [
    { key: 'first', title: t('column.at'), width: '150px', fixed: true, render: ({ first }) => <When at={first} as="second" /> },
    { key: 'source', title: t('column.source'), width: '150px', fixed: true, render: ({ source }) => <ReportedMark source={source} /> },
    { key: 'person', title: t('column.person'), width: '150px', fixed: true, render: (row) => person(row.person) || row.said.account || row.said.staff || '–' },
    { key: 'patient', title: t('column.patient'), width: '120px', render: (row) => <Whom row={row} called={called} /> },
    { key: 'done', title: t('column.done'), render: (row) => doneIn(row).map(({ what, count }) => t(`done.${what}`, { count })).join(' · ') },
    { key: 'verdict', title: t('column.verdict'), width: '130px', fixed: true, render: ({ verdict }) => <Pill tone={verdictTones[verdict]}>{t(`verdict.${verdict}`)}</Pill> },
    { key: 'why', title: t('column.why'), width: '130px', render: ({ tie, unmet }) => (tie ? t(`tie.${tie}` as never, { defaultValue: tie }) : unmet.map((one) => t(`unmet.${one}` as never, { defaultValue: one })).join('、')) },
    { key: 'where', title: t('column.where'), width: '160px', hidden: true, render: ({ said }) => [...(said.terminals ?? []), ...(said.ips ?? [])].join(' ') },
    { key: 'documents', title: t('column.documents'), width: '150px', hidden: true, render: ({ said }) => (said.documents ?? []).join(' ') },
    { key: 'line', title: t('column.line'), width: '90px', align: 'end', hidden: true, render: ({ line }) => line },
  ];
  return ofPatient ? columns.filter(({ key }) => key !== 'patient') : columns;
}

function Whom({ row, called }: { row: Reported; called: Record<string, string> | undefined }) {
  if (!row.patient) return <>{row.said.patient ?? ''}</>;
  return <Link to={`/patients/${row.patient}`}>{called?.[row.patient] ?? `…${row.patient.slice(-4)}`}</Link>;
}
