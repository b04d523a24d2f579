import { keepPreviousData } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { queries } from '@/api/client';
import { failureOf } from '@/api/problem';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { useText } from '@/language/text';
import { percent, ratesOf, type Rate } from './deadline';
import styles from './Deadline.module.css';
import { Frame } from './Frame';
import { useOwnDepartment } from './use-own-department';

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const firstYear = 2020;

/** How many documents were written in time, by kind, department and month; a number leads to what it counts. */
export function Component() {
  const { t } = useTranslation('deadline');
  const text = useText();
  const { roles } = useSession();
  const [newest] = useState(() => new Date().getFullYear());
  const { filters, setFilter } = useTableAddress();
  const own = useOwnDepartment();
  const whole = may(roles, 'seeCompleteness');
  const year = Number(filters.year) || newest;
  const month = Number(filters.month) || undefined;
  const scope = whole ? undefined : own;
  const counted = queries.useQuery('get', '/api/deadlines/figures', { params: { query: { year, ...(scope && { department: scope }) } } }, { placeholderData: keepPreviousData });
  const failure = failureOf(counted);
  if (failure) return <NotOpened error={failure} onRetry={() => void counted.refetch()} />;
  if (!counted.data) return <Waiting />;
  const { rows, departments, requirements } = counted.data;
  const department = filters.department ?? scope;
  const rates = ratesOf(rows, filters.department, month);
  const to = (requirement: string, box: string) => {
    const query = new URLSearchParams({ box, requirement });
    if (department) query.set('department', department);
    if (month) query.set('month', `${year}-${String(month).padStart(2, '0')}`);
    return `/deadlines/list?${query.toString()}`;
  };
  const number = (n: number, href: string) => (n > 0 && month ? <Link to={href}>{n}</Link> : n);
  const columns: Column<Rate>[] = [
    { key: 'requirement', title: t('column.document'), render: ({ requirement }) => text(requirements[requirement]) || requirement },
    { key: 'rate', title: t('figures.rate'), width: '180px', render: ({ rate }) => <span className={styles.rate}><meter min={0} max={1} value={rate} aria-hidden="true" />{percent(rate)}</span> },
    { key: 'due', title: t('figures.due'), width: '100px', align: 'end', render: ({ due }) => due },
    { key: 'onTime', title: t('box.on-time'), width: '100px', align: 'end', render: ({ onTime, requirement }) => number(onTime, to(requirement, 'on-time')) },
    { key: 'late', title: t('box.late'), width: '100px', align: 'end', render: ({ late, requirement }) => number(late, to(requirement, 'late')) },
    { key: 'missing', title: t('box.overdue'), width: '100px', align: 'end', render: ({ missing, requirement }) => number(missing, to(requirement, 'overdue')) },
  ];
  return (
    <Frame tab="figures" actions={<Button onClick={() => window.print()}>{t('print')}</Button>}>
      <div className={styles.choice}>
        <Select aria-label={t('figures.year')} value={year} onChange={(value) => setFilter('year', String(value))} options={Array.from({ length: newest - firstYear + 1 }, (_, i) => ({ value: newest - i, label: t('figures.ofYear', { year: newest - i }) }))} />
        <Select aria-label={t('column.month')} value={month ?? 0} onChange={(value) => setFilter('month', value ? String(value) : undefined)} options={[{ value: 0, label: t('figures.everyMonth') }, ...months.map((value) => ({ value, label: t('figures.ofMonth', { month: value }) }))]} />
        {whole && (
          <Select aria-label={t('column.department')} value={filters.department ?? ''} onChange={(value) => setFilter('department', value || undefined)} options={[{ value: '', label: t('figures.everyDepartment') }, ...Object.entries(departments).map(([value, name]) => ({ value, label: text(name) }))]} className={styles.wide} />
        )}
      </div>
      <Panel flush title={t('figures.title')}>
        <PlainTable label={t('figures.title')} columns={columns} rows={rates} rowKey={({ requirement }) => requirement} empty={t('figures.none')} />
      </Panel>
    </Frame>
  );
}
