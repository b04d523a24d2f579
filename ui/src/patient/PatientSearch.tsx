import { AimOutlined } from '@ant-design/icons';
import { Segmented } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Schemas } from '@/api/client';
import { Page } from '@/app/Page';
import { Code } from '@/kit/Code';
import { LinkButton } from '@/kit/LinkButton';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import { useTableAddress } from '@/kit/table/address';
import type { Column, Filter } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import styles from './PatientSearch.module.css';

export type ListedPatient = Schemas['PatientListed'];
export const scopes = ['mine', 'department', 'all'] as const;
export type Scope = (typeof scopes)[number];

export interface PatientSearchProps {
  page: TablePage<ListedPatient>;
  departments: Departments;
}

/** The patients whom the reader may open. `scope`, `text` and `open` stand in the address. */
export function PatientSearch({ page, departments }: PatientSearchProps) {
  const { t } = useTranslation('patient');
  const navigate = useNavigate();
  const address = useTableAddress();
  const columns = useColumns(departments);
  const scope = (address.filters.scope ?? 'mine') as Scope;
  const filters: Filter[] = [
    { kind: 'text', key: 'text', label: t('search.text'), width: '280px' },
    { kind: 'choice', key: 'open', label: t('search.state'), options: [{ value: 'yes', label: t('search.open') }] },
  ];
  return (
    <Page fixed>
      <PageHead
        title={t('search.title')}
        lead={t('search.lead')}
        actions={
          <LinkButton to="/patients/locate" icon={<AimOutlined />}>
            {t('search.locate')}
          </LinkButton>
        }
      />
      <div className={styles.list}>
        <Segmented<Scope>
          value={scope}
          aria-label={t('search.scope')}
          options={scopes.map((value) => ({ value, label: t(`search.scopes.${value}`) }))}
          onChange={(next) => address.setFilter('scope', next === 'mine' ? undefined : next)}
        />
        <DataTable
          name="patients"
          label={t('search.title')}
          columns={columns}
          filters={filters}
          page={page}
          rowKey={(row) => row.id}
          exported={{ list: 'patients', filter: { text: address.filters.text, scope, open: address.filters.open && 'true' } }}
          rowHref={(row) => `/patients/${row.id}`}
          onOpen={(row) => void navigate(`/patients/${row.id}`)}
          empty={{
            title: t('search.empty'),
            hint: t('search.emptyHint'),
            action: (
              <LinkButton type="primary" icon={<AimOutlined />} to={`/patients/locate?identifier=${encodeURIComponent(address.filters.text ?? '')}`}>
                {t('search.locate')}
              </LinkButton>
            ),
          }}
        />
      </div>
    </Page>
  );
}

function useColumns(departments: Departments): Column<ListedPatient>[] {
  const { t } = useTranslation('patient');
  const { t: k } = useTranslation('kit');
  const term = useTerm();
  const text = useText();
  return useMemo(
    () => [
      {
        key: 'name',
        title: t('column.name'),
        fixed: true,
        width: '150px',
        render: (row) => (
          <span className={styles.name}>
            {row.name}
            {row.level > 1 && <Pill tone={row.level > 3 ? 'error' : 'warning'}>{t('level', { level: row.level })}</Pill>}
          </span>
        ),
      },
      { key: 'sex', title: t('column.sex'), width: '76px', render: (row) => term('sex', row.sex) },
      { key: 'age', title: t('column.age'), width: '76px', align: 'end', render: (row) => row.age !== undefined && k('patient.age', { age: row.age }) },
      { key: 'number', title: t('column.number'), width: '140px', render: (row) => row.recordNumber && <Code value={row.recordNumber} /> },
      { key: 'department', title: t('column.department'), render: (row) => row.encounter && text(departments[row.encounter.department]) },
      { key: 'bed', title: t('column.bed'), width: '76px', render: (row) => row.encounter?.bed },
      { key: 'attending', title: t('column.attending'), width: '120px', render: (row) => text(row.attending) },
      {
        key: 'encounter',
        title: t('column.encounter'),
        width: '130px',
        render: (row) =>
          row.encounter && (
            <Pill tone={row.encounter.until ? 'neutral' : 'success'}>
              {term('encounter', row.encounter.kind)} · {t(row.encounter.until ? 'ended' : 'lasting')}
            </Pill>
          ),
      },
      { key: 'since', title: t('column.since'), width: '150px', render: (row) => row.encounter && <When at={row.encounter.since} /> },
    ],
    [t, k, term, text, departments],
  );
}
