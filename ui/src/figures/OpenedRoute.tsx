import { keepPreviousData } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { useAsk } from '@/access/use-ask';
import { refusalOf } from '@/access/refusal';
import { queries } from '@/api/client';
import { isProblem } from '@/api/problem';
import { tableOf } from '@/api/table';
import { Page } from '@/app/Page';
import { Code } from '@/kit/Code';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { useDepartments } from '@/staff/use-departments';
import { isMeasure, measures, type Counted } from './figures';
import styles from './Figures.module.css';

/** Who is behind a number; without one, the numbers. */
export function Component() {
  const { filters } = useTableAddress();
  const { year, month, department } = filters;
  return year && month && department ? <Opened year={year} month={month} department={department} /> : <Navigate to="/figures" replace />;
}

/** Listed to whoever holds a grant that opens them. */
function Opened({ year, month, department }: { year: string; month: string; department: string }) {
  const { t } = useTranslation('figures');
  const text = useText();
  const departments = useDepartments();
  const { cursor, limit, filters } = useTableAddress();
  const { onAsk, dialog } = useAsk();
  const measure = isMeasure(filters.measure) ? filters.measure : measures[0];
  const listing = queries.useQuery(
    'get',
    '/api/figures/patients',
    { params: { query: { measure, year: Number(year), month: Number(month), department, cursor, limit } } },
    { placeholderData: keepPreviousData },
  );
  const called = text(departments[department]) || t('noDepartment');
  const columns: Column<Counted>[] = [
    { key: 'name', title: t('open.name'), fixed: true, render: ({ name }) => name },
    { key: 'at', title: t('open.at'), width: '180px', render: ({ at }) => <When at={at} /> },
    { key: 'patient', title: t('open.patient'), width: '220px', render: ({ patient }) => <Code value={patient} ends={5} copyable /> },
  ];
  return (
    <Page fixed>
      <PageHead
        title={t('open.title', { department: called, year, month, measure: t(`measure.${measure}`) })}
        lead={t('open.lead')}
        actions={<Link to={`/figures?${new URLSearchParams({ measure, year }).toString()}`}>{t('open.back')}</Link>}
      />
      {isProblem(listing.error) && refusalOf(listing.error) ? (
        <Panel>
          <div className={styles.asking}>
            <Notice tone="warning">{t('open.refused')}</Notice>
            <Button type="primary" onClick={() => onAsk({ department, name: called })}>
              {t('open.ask')}
            </Button>
          </div>
        </Panel>
      ) : (
        <DataTable
          name="figures"
          label={t('open.title', { department: called, year, month, measure: t(`measure.${measure}`) })}
          columns={columns}
          page={tableOf(listing)}
          rowKey={({ encounter }) => encounter}
          rowHref={({ patient }) => `/patients/${patient}`}
          empty={{ title: t('open.none'), hint: t('open.noneHint') }}
        />
      )}
      {dialog}
    </Page>
  );
}
