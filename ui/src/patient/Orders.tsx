import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import type { Column } from '@/kit/table/column';
import { Pill } from '@/kit/Pill';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';

type Order = Schemas['RecordOrder'];

/** Orders as their source gave them; they are not written here. */
export function Orders({ page }: { page: TablePage<Order> }) {
  const { t } = useTranslation('patient');
  const term = useTerm();
  const columns: Column<Order>[] = [
    { key: 'name', title: t('order.name'), fixed: true, render: (row) => row.instruction.name },
    { key: 'dose', title: t('order.dose'), width: '120px', render: (row) => row.instruction.dose },
    { key: 'route', title: t('order.route'), width: '100px', render: (row) => row.instruction.route },
    { key: 'frequency', title: t('order.frequency'), width: '110px', render: (row) => row.instruction.frequency },
    { key: 'state', title: t('order.state'), width: '110px', render: (row) => <Pill>{term('order', row.state)}</Pill> },
    { key: 'at', title: t('order.at'), width: '160px', render: (row) => <When at={row.at} /> },
    { key: 'source', title: t('order.source'), width: '150px', render: (row) => row.source && <Pill tone="warning">{row.source}</Pill> },
  ];
  return (
    <DataTable
      name="orders"
      label={t('page.tabs.orders')}
      columns={columns}
      page={page}
      rowKey={(row) => row.id}
      empty={{ title: t('order.empty'), hint: t('order.emptyHint') }}
    />
  );
}
