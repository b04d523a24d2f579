import { CaretDownFilled, CaretUpFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { classes } from '../classes';
import type { Sort, TableAddress } from './address';
import type { Column } from './column';
import styles from './DataTable.module.css';

interface HeadProps<Row> {
  columns: Column<Row>[];
  address: TableAddress;
}

export function Head<Row>({ columns, address }: HeadProps<Row>) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <HeadCell key={column.key} column={column} sort={address.sort} onSort={address.setSort} />
        ))}
      </tr>
    </thead>
  );
}

interface HeadCellProps<Row> {
  column: Column<Row>;
  sort: Sort | undefined;
  onSort: (sort: Sort | undefined) => void;
}

function HeadCell<Row>({ column, sort, onSort }: HeadCellProps<Row>) {
  const { t } = useTranslation('kit');
  const order = sort?.key === column.key ? sort.order : undefined;
  if (!column.sortable) {
    return (
      <th scope="col" className={styles[column.align ?? 'start']}>
        {column.title}
      </th>
    );
  }
  const next: Sort | undefined = order === undefined ? { key: column.key, order: 'asc' } : order === 'asc' ? { key: column.key, order: 'desc' } : undefined;
  const label = next === undefined ? 'table.sortNone' : next.order === 'asc' ? 'table.sortAscending' : 'table.sortDescending';
  return (
    <th scope="col" className={styles[column.align ?? 'start']} aria-sort={order === undefined ? 'none' : order === 'asc' ? 'ascending' : 'descending'}>
      <button type="button" className={styles.sort} title={t(label, { column: column.title })} onClick={() => onSort(next)}>
        {column.title}
        <span className={styles.carets} aria-hidden="true">
          <CaretUpFilled className={classes(order === 'asc' && styles.on)} />
          <CaretDownFilled className={classes(order === 'desc' && styles.on)} />
        </span>
      </button>
    </th>
  );
}
