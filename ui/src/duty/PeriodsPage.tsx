import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@/api/client';
import { Clock } from '@/kit/Clock';
import { EmptyState } from '@/kit/EmptyState';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import type { Column, Filter } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useRow, useText } from '@/language/text';
import { formatDay } from '@/language/time';
import type { Departments } from '@/staff/departments';
import styles from './PeriodsPage.module.css';
import { taskPath } from './task';
import { useLimit } from './use-limit';

type Rule = Schemas['DutyRule'];
type Period = Schemas['DutyPeriod'];

export interface PeriodsPageProps {
  /** Absent until they are known. */
  rules: Rule[] | undefined;
  page: TablePage<Period>;
  kinds: Schemas['DutyKind'][];
  departments: Departments;
  onEnd: ((rule: Rule) => void) | undefined;
}

/** The duties that recur, and every period of them; one that was missed stays marked. */
export function PeriodsPage({ rules, page, kinds, departments, onEnd }: PeriodsPageProps) {
  const { t } = useTranslation('duty');
  const text = useText();
  const kindOf = (id: string) => text(kinds.find((kind) => kind.id === id)?.name) || id;
  const who = useWho(departments);
  const columns: Column<Period>[] = [
    { key: 'name', title: t('periods.name'), width: '120px', fixed: true, render: (period) => period.name },
    { key: 'kind', title: t('periods.kind'), render: (period) => kindOf(period.kind) },
    { key: 'department', title: t('periods.department'), width: '160px', render: (period) => (period.department ? text(departments[period.department]) : '–') },
    { key: 'deadline', title: t('periods.deadline'), width: '170px', render: (period) => <When at={period.deadline} /> },
    { key: 'state', title: t('periods.state'), width: '260px', fixed: true, render: (period) => <Outcome period={period} /> },
    { key: 'task', title: t('periods.view'), width: '80px', fixed: true, render: (period) => <Link to={taskPath(period.task)} className={styles.link}>{t('periods.view')}</Link> },
  ];
  const filters: Filter[] = [
    {
      kind: 'choice',
      key: 'rule',
      label: t('periods.rule'),
      options: (rules ?? []).map((rule) => ({ value: rule.id, label: `${kindOf(rule.kind)} · ${t(`periods.every.${rule.recurrence}`)} · ${who(rule)}` })),
    },
    { kind: 'choice', key: 'missed', label: t('periods.missedFilter'), options: [{ value: 'yes', label: t('periods.onlyMissed') }] },
  ];
  return (
    <div className={styles.page}>
      <Panel title={t('periods.rules')} extra={rules && rules.length > 0 && rules.length} flush>
        {rules?.length === 0 && <EmptyState title={t('periods.rulesEmpty')} hint={t('periods.rulesEmptyHint')} />}
        <ul>
          {rules?.map((rule) => (
            <RuleLine key={rule.id} rule={rule} kind={kindOf(rule.kind)} who={who(rule)} onEnd={onEnd} />
          ))}
        </ul>
      </Panel>
      <DataTable
        name="duty-periods"
        label={t('periods.list')}
        columns={columns}
        filters={filters}
        page={page}
        rowKey={({ rule, name, department }) => `${rule} ${name} ${department ?? ''}`}
        empty={{ title: t('periods.empty'), hint: t('periods.emptyHint') }}
      />
    </div>
  );
}

function useWho(departments: Departments): (rule: Rule) => string {
  const text = useText();
  const term = useTerm();
  const row = useRow();
  return ({ role, departments: of }) => [role && term('role', role), of && of.length > 0 && row(of.map((id) => text(departments[id]) || id))].filter(Boolean).join(' · ');
}

function RuleLine({ rule, kind, who, onEnd }: { rule: Rule; kind: string; who: string; onEnd: ((rule: Rule) => void) | undefined }) {
  const { t } = useTranslation('duty');
  const { t: k } = useTranslation('kit');
  const limit = useLimit();
  return (
    <li className={styles.rule}>
      <strong>{kind}</strong>
      <span>{t(`periods.every.${rule.recurrence}`)}</span>
      <span>{rule.limit ? limit(rule.limit) : t('periods.periodEnd')}</span>
      <span className={styles.who}>{who}</span>
      {rule.ended && (
        <Pill>
          {t('periods.endedAt')} {formatDay(rule.ended)}
        </Pill>
      )}
      {!rule.ended && onEnd && (
        <Popconfirm title={t('periods.endTitle')} description={t('periods.endNote')} okText={t('periods.end')} cancelText={k('cancel')} onConfirm={() => onEnd(rule)}>
          <Button size="small">{t('periods.end')}</Button>
        </Popconfirm>
      )}
    </li>
  );
}

function Outcome({ period: { done, missed, deadline, first } }: { period: Period }) {
  const { t } = useTranslation('duty');
  if (missed) return <Pill tone="error">{done ? t('periods.missedLate', { at: formatDay(done) }) : t('periods.missed')}</Pill>;
  if (done) return <Pill tone="success">{t('periods.finished')}</Pill>;
  return <Clock deadline={deadline} start={`${first}T00:00:00+08:00`} />;
}
