import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import type { Column } from '@/kit/table/column';
import { Pill } from '@/kit/Pill';
import { When } from '@/kit/When';
import styles from './Observations.module.css';

type Observation = Schemas['RecordObservation'];

/** Results and vital signs. A flag is a word and an arrow, never a colour alone. */
export function Observations({ page }: { page: TablePage<Observation> }) {
  const { t } = useTranslation('patient');
  const columns: Column<Observation>[] = [
    { key: 'name', title: t('observation.name'), fixed: true, render: (row) => row.finding.name },
    { key: 'value', title: t('observation.value'), align: 'end', width: '160px', render: (row) => <Value row={row} /> },
    { key: 'unit', title: t('observation.unit'), width: '110px', render: (row) => row.finding.unit },
    { key: 'range', title: t('observation.range'), width: '140px', render: (row) => row.finding.range },
    { key: 'at', title: t('observation.at'), width: '160px', render: (row) => <When at={row.at} /> },
    { key: 'source', title: t('observation.source'), width: '150px', render: (row) => row.source && <Pill tone="warning">{row.source}</Pill> },
  ];
  return (
    <DataTable
      name="observations"
      label={t('page.tabs.observations')}
      columns={columns}
      page={page}
      rowKey={(row) => row.id}
      empty={{ title: t('observation.empty'), hint: t('observation.emptyHint') }}
    />
  );
}

function Value({ row }: { row: Observation }) {
  const { t } = useTranslation('patient');
  const flag = row.flag?.toUpperCase() ?? '';
  const high = flag.startsWith('H');
  const low = flag.startsWith('L');
  if (!high && !low) return <span className={flag && flag !== 'N' ? styles.odd : undefined}>{row.finding.value}</span>;
  return (
    <span className={styles.odd} title={t(high ? 'observation.high' : 'observation.low')}>
      {row.finding.value} {high ? '↑' : '↓'}
    </span>
  );
}
