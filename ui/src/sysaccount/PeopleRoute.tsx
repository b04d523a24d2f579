import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { Page } from '@/app/Page';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { usePerson } from '@/privilege/use-person';
import type { AccountRow } from './sysaccount';
import styles from './Sysaccount.module.css';

/** Who has an account where: people down, systems across. */
export function Component() {
  const { t } = useTranslation('sysaccount');
  const { cursor, limit } = useTableAddress();
  const listing = queries.useQuery('get', '/api/system-accounts/people', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const systems = queries.useQuery('get', '/api/system-accounts/systems', {});
  const person = usePerson(listing.data?.names);
  const columns: Column<AccountRow>[] = [
    { key: 'person', title: t('column.person'), width: '150px', fixed: true, render: (row) => <Link to={`/staff/${row.person}`}>{person(row.person)}</Link> },
    ...(systems.data?.systems ?? []).map(({ source }): Column<AccountRow> => ({ key: source, title: source, render: (row) => <Held row={row} source={source} /> })),
  ];
  return (
    <Page fixed>
      <PageHead title={t('people.title')} lead={t('people.lead')} />
      <DataTable name="system-account-people" label={t('people.title')} columns={columns} page={tableOf(listing)} rowKey={({ person }) => person} empty={{ title: t('people.none'), hint: t('people.noneHint') }} />
    </Page>
  );
}

function Held({ row, source }: { row: AccountRow; source: string }) {
  const { t } = useTranslation('sysaccount');
  return (
    <span className={styles.stack}>
      {row.accounts
        .filter((account) => account.source === source)
        .map(({ account, roles, alive }) => (
          <span key={account}>
            <Pill tone={row.red.includes(`${source}/${account}`) ? 'error' : alive ? 'success' : 'neutral'} title={t(alive ? 'alive' : 'shut')}>
              {account}
            </Pill>{' '}
            {roles.join('、')}
          </span>
        ))}
    </span>
  );
}
