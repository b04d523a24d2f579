import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@/api/client';
import type { EmptyStateProps } from '@/kit/EmptyState';
import { Pill } from '@/kit/Pill';
import type { Column } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import styles from './Authorize.module.css';

export type Allowed = Schemas['SourceAllowedApp'];

interface AllowedTableProps {
  name: string;
  page: TablePage<Allowed>;
  /** Whose each is; absent among one's own. */
  person?: (id: string) => string;
  busy: string | undefined;
  empty: EmptyStateProps;
  onWithdraw?: (allowed: Allowed) => void;
}

/** What was allowed to programs: which, what in words, since when, how it was used, and the way to take it back. */
export function AllowedTable({ name, page, person, busy, empty, onWithdraw }: AllowedTableProps) {
  const { t } = useTranslation('program');
  const text = useText();
  const whose: Column<Allowed> = person
    ? { key: 'person', title: t('allowed.person'), fixed: true, render: (one) => person(one.person) }
    : {
        key: 'program',
        title: t('allowed.program'),
        fixed: true,
        render: ({ name: called, vendor }) => (
          <>
            {text(called)}
            {vendor && <small className={styles.vendor}>{vendor}</small>}
          </>
        ),
      };
  const columns: Column<Allowed>[] = [
    whose,
    {
      key: 'scopes',
      title: t('allowed.scopes'),
      render: ({ scopes }) => (
        <ul className={styles.words}>
          {scopes.map(({ scope, words }) => (
            <li key={scope}>{text(words)}</li>
          ))}
        </ul>
      ),
    },
    ...(person
      ? []
      : [
          {
            key: 'patient',
            title: t('allowed.patient'),
            width: '110px',
            render: ({ patient, begun }: Allowed) => (patient ? <Link to={`/patients/${patient}`}>{t(begun ? 'allowed.begun' : 'allowed.one')}</Link> : t('allowed.anyone')),
          },
        ]),
    {
      key: 'state',
      title: t('allowed.state'),
      width: '110px',
      render: ({ live, why }) => <Pill tone={live ? 'success' : why && why !== 'given-up' && why !== 'withdrawn' ? 'warning' : 'neutral'}>{t(live ? 'allowed.live' : why ? `allowed.why.${why}` : 'allowed.over')}</Pill>,
    },
    { key: 'made', title: t('allowed.made'), width: '140px', render: ({ made }) => <When at={made} /> },
    { key: 'last', title: t('allowed.last'), width: '140px', render: ({ last }) => (last ? <When at={last} /> : t('allowed.never')) },
    { key: 'times', title: t('allowed.times'), width: '90px', align: 'end', render: ({ times }) => times },
    { key: 'until', title: t('allowed.until'), width: '140px', hidden: true, render: ({ until, ended }) => <When at={ended ?? until} /> },
    {
      key: 'do',
      title: t('allowed.do'),
      width: '100px',
      align: 'end',
      render: (one) =>
        one.live &&
        onWithdraw && (
          <Popconfirm title={t('allowed.sure')} description={t('allowed.what')} okText={t('allowed.withdraw')} cancelText={t('allowed.keep')} onConfirm={() => onWithdraw(one)}>
            <Button size="small" danger loading={busy === one.id}>
              {t('allowed.withdraw')}
            </Button>
          </Popconfirm>
        ),
    },
  ];
  return <DataTable name={name} label={t('allowed.title')} columns={columns} page={page} rowKey={({ id }) => id} empty={empty} />;
}
