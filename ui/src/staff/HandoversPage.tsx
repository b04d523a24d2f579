import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '@/app/Page';
import { PageHead } from '@/kit/PageHead';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { useText, type Text } from '@/language/text';
import type { Departments } from './departments';
import { useExitColumns, type ExitLine } from './ExitList';
import styles from './StaffPage.module.css';

export interface HandoversPageProps {
  page: TablePage<ExitLine>;
  departments: Departments;
  people: Record<string, Text>;
  maySign: (line: ExitLine) => boolean;
  onSign: (line: ExitLine) => void;
}

/** What is still to be taken back from those who leave, the most urgent first. */
export function HandoversPage({ page, people, ...rest }: HandoversPageProps) {
  const { t } = useTranslation('staff');
  const text = useText();
  const columns = useExitColumns({ people, ...rest });
  return (
    <Page fixed>
      <PageHead title={t('exit.pageTitle')} lead={t('exit.pageLead')} />
      <DataTable
        name="handovers"
        label={t('exit.pageTitle')}
        columns={[
          {
            key: 'person',
            title: t('exit.person'),
            width: '150px',
            fixed: true,
            render: ({ person }) => (
              <Link className={styles.name} to={`/staff/${person}`}>
                {text(people[person]) || `…${person.slice(-4)}`}
              </Link>
            ),
          },
          ...columns,
        ]}
        page={page}
        rowKey={({ id }) => id}
        empty={{ title: t('exit.none'), hint: t('exit.noneHint') }}
      />
    </Page>
  );
}
