import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import type { Column, Filter } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import styles from './GrantsPage.module.css';
import { monthsBack } from './months';

export type Adjustment = Schemas['AccessAdjustment'];
export type Trigger = Schemas['AccessTrigger'];

interface AdjustmentsTableProps {
  page: TablePage<Adjustment>;
  triggers: Trigger[];
  /** Such as 2026-11. */
  month: string;
}

/** Which rights the system adjusted by itself in a month, and upon what. */
export function AdjustmentsTable({ page, triggers, month }: AdjustmentsTableProps) {
  const { t } = useTranslation('access');
  const text = useText();
  const triggerOf = (id: string) => triggers.find((trigger) => trigger.id === id);
  const filters: Filter[] = [
    { kind: 'choice', key: 'trigger', label: t('adjustments.trigger'), options: triggers.map(({ id, name }) => ({ value: id, label: text(name) })) },
    { kind: 'choice', key: 'month', label: t('adjustments.month'), options: monthsBack(month).map((value) => ({ value, label: value })) },
  ];
  const columns: Column<Adjustment>[] = [
    { key: 'at', title: t('adjustments.at'), width: '170px', fixed: true, render: ({ at }) => <When at={at} /> },
    { key: 'person', title: t('freezes.person'), width: '190px', fixed: true, render: ({ who }) => [text(who), text(who.department)].filter(Boolean).join(' · ') },
    { key: 'trigger', title: t('adjustments.trigger'), width: '210px', render: ({ trigger }) => text(triggerOf(trigger)?.name) },
    { key: 'effect', title: t('adjustments.effect'), render: ({ trigger }) => text(triggerOf(trigger)?.effect) },
    { key: 'noticed', title: t('adjustments.noticed'), width: '170px', render: ({ noticed }) => noticed && <When at={noticed} /> },
    { key: 'ends', title: t('adjustments.ends'), width: '170px', render: ({ ends }) => (ends ? <When at={ends} /> : t('adjustments.forGood')) },
  ];
  return (
    <div className={styles.parts}>
      <Panel flush title={t('adjustments.byTrigger', { month })}>
        <PlainTable
          label={t('adjustments.byTrigger', { month })}
          rows={triggers}
          rowKey={({ id }) => id}
          empty=""
          columns={[
            { key: 'name', title: t('adjustments.trigger'), width: '210px', render: ({ name }) => text(name) },
            { key: 'effect', title: t('adjustments.effect'), render: ({ effect }) => text(effect) },
            { key: 'notice', title: t('adjustments.notice'), width: '320px', render: ({ notice }) => text(notice) },
            { key: 'count', title: t('adjustments.count'), width: '90px', align: 'end', render: ({ count }) => count },
          ]}
        />
      </Panel>
      <DataTable
        name="adjustments"
        label={t('grants.tabs.adjustments')}
        columns={columns}
        filters={filters}
        page={page}
        rowKey={({ trigger, id }) => `${trigger} ${id}`}
        empty={{ title: t('adjustments.none'), hint: t('adjustments.noneHint') }}
      />
    </div>
  );
}
