import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Page } from '@/app/Page';
import { Code } from '@/kit/Code';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import { useTableAddress } from '@/kit/table/address';
import type { Column, Filter } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { Departments } from './departments';
import { PersonDrawer } from './PersonDrawer';
import { rolesShown } from './roles-shown';
import styles from './StaffPage.module.css';

export type StaffPerson = Schemas['StaffPerson'];

export interface StaffPageProps {
  page: TablePage<StaffPerson>;
  departments: Departments;
  open?: StaffPerson;
  /** Stands at the head of the page, and below the appointments of the open person. */
  actions?: ReactNode;
  openActions?: ReactNode;
  onOpen: (person: StaffPerson) => void;
  onClose: () => void;
  /** Absent where the reader may not end appointments. */
  onEndAppointment?: (appointment: Schemas['StaffAppointment']) => void;
}

/** Who works here, in which role, where and until when. Filters: text, department, role. */
export function StaffPage({ page, departments, open, actions, openActions, onOpen, onClose, onEndAppointment }: StaffPageProps) {
  const { t } = useTranslation('staff');
  const term = useTerm();
  const text = useText();
  const columns = useColumns(departments);
  const address = useTableAddress();
  const filters: Filter[] = [
    { kind: 'text', key: 'text', label: t('filter.text'), width: '240px' },
    { kind: 'choice', key: 'department', label: t('filter.department'), options: Object.entries(departments).map(([value, name]) => ({ value, label: text(name) })) },
    { kind: 'choice', key: 'role', label: t('filter.role'), options: rolesShown.map((value) => ({ value, label: term('role', value) })) },
  ];
  return (
    <Page fixed>
      <PageHead title={t('title')} lead={t('lead')} actions={actions} />
      <DataTable
        name="staff"
        label={t('title')}
        columns={columns}
        filters={filters}
        page={page}
        rowKey={(person) => person.id}
        exported={{ list: 'staff', filter: { text: address.filters.text, department: address.filters.department, role: address.filters.role } }}
        onOpen={onOpen}
        {...(open && { current: open.id })}
        empty={{ title: t('empty'), hint: t('emptyHint') }}
      />
      {open && <PersonDrawer person={open} departments={departments} onClose={onClose} onEnd={onEndAppointment} actions={openActions} />}
    </Page>
  );
}

function useColumns(departments: Departments): Column<StaffPerson>[] {
  const { t } = useTranslation('staff');
  const term = useTerm();
  const text = useText();
  return useMemo(
    () => [
      { key: 'number', title: t('column.number'), width: '110px', fixed: true, render: (person) => <Code value={person.number} /> },
      { key: 'name', title: t('column.name'), width: '150px', fixed: true, render: (person) => <span className={styles.name}>{text(person.name)}</span> },
      { key: 'category', title: t('column.category'), width: '110px', render: (person) => term('category', person.category) },
      {
        key: 'posts',
        title: t('column.posts'),
        render: (person) => (
          <span className={styles.posts}>
            {liveOf(person).map((post) => (
              <Pill key={post.id}>
                {text(departments[post.department])} · {term('role', post.role)}
              </Pill>
            ))}
            {liveOf(person).length === 0 && <span className={styles.none}>{t('noPost')}</span>}
          </span>
        ),
      },
    ],
    [t, term, text, departments],
  );
}

const liveOf = (person: StaffPerson) => (person.appointments ?? []).filter((post) => post.live);
