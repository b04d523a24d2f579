import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { LinkButton } from '@/kit/LinkButton';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import type { Names } from '@/privilege/privilege';
import { usePerson } from '@/privilege/use-person';
import { groupTones, hoursFrom, issueStates, type AccountIssue, type AccountSystem } from './sysaccount';
import styles from './Sysaccount.module.css';

interface IssuesPageProps {
  systems: AccountSystem[] | undefined;
  error: string | undefined;
  names: Names;
  issues: TablePage<AccountIssue>;
  /** Absent where the reader does not do it. */
  onDispose: ((issue: AccountIssue) => void) | undefined;
  onTake: ((system: AccountSystem) => void) | undefined;
  onRoles: ((system: AccountSystem) => void) | undefined;
  onMap: ((system: AccountSystem | 'new') => void) | undefined;
}

/** The accounts of other systems: the lists that came, and what should not be. */
export function IssuesPage(props: IssuesPageProps) {
  const { systems, error, issues, onMap } = props;
  const { t } = useTranslation('sysaccount');
  return (
    <Page>
      <PageHead
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            <LinkButton to="/system-accounts/people">{t('people.title')}</LinkButton>
            {onMap && (
              <Button type="primary" onClick={() => onMap('new')}>
                {t('map.add')}
              </Button>
            )}
          </>
        }
      />
      <div className={styles.parts}>
        {error && <Notice tone="error">{error}</Notice>}
        <Panel flush title={t('systems.title')}>
          <PlainTable label={t('systems.title')} columns={useSystemColumns(props)} rows={systems} rowKey={({ source }) => source} empty={t('systems.none')} />
        </Panel>
        <DataTable
          name="system-account-issues"
          label={t('issues.title')}
          columns={useIssueColumns(props)}
          filters={[
            { kind: 'choice', key: 'state', label: t('column.state'), options: issueStates.map((value) => ({ value, label: t(`state.${value}`) })) },
            { kind: 'choice', key: 'source', label: t('column.system'), options: (systems ?? []).map(({ source }) => ({ value: source, label: source })) },
          ]}
          page={issues}
          rowKey={({ id }) => id}
          empty={{ title: t('issues.none'), hint: t('issues.noneHint') }}
        />
      </div>
    </Page>
  );
}

function useSystemColumns({ names, onTake, onRoles, onMap }: IssuesPageProps): Column<AccountSystem>[] {
  const { t } = useTranslation('sysaccount');
  const text = useText();
  const person = usePerson(names);
  const red = ({ open }: AccountSystem) => (open.leaver ?? 0) + (open.transfer ?? 0);
  const rights = ({ open }: AccountSystem) => (open['extra-right'] ?? 0) + (open['unmapped-role'] ?? 0) + (open.conflict ?? 0);
  const tidy = ({ open }: AccountSystem) => (open.orphan ?? 0) + (open.shared ?? 0) + (open.dormant ?? 0);
  return [
    { key: 'system', title: t('column.system'), render: ({ name, source }) => `${text(name)} · ${source}` },
    { key: 'owner', title: t('column.owner'), width: '110px', render: ({ owner }) => person(owner) },
    { key: 'taken', title: t('column.taken'), width: '150px', render: ({ last }) => (last ? <When at={last.taken} /> : t('systems.never')) },
    { key: 'alive', title: t('column.alive'), width: '90px', align: 'end', render: ({ last }) => last?.alive ?? '–' },
    { key: 'red', title: t('group.red'), width: '90px', align: 'end', render: (one) => (red(one) > 0 ? <Pill tone="error">{red(one)}</Pill> : 0) },
    { key: 'right', title: t('group.right'), width: '90px', align: 'end', render: (one) => (rights(one) > 0 ? <Pill tone="warning">{rights(one)}</Pill> : 0) },
    { key: 'tidy', title: t('group.tidy'), width: '90px', align: 'end', render: (one) => (tidy(one) > 0 ? <Pill tone="info">{tidy(one)}</Pill> : 0) },
    {
      key: 'do',
      title: '',
      width: '290px',
      render: (one) => (
        <span className={styles.buttons}>
          {onTake && (
            <Button size="small" disabled={!one.live} onClick={() => onTake(one)}>
              {t('take.do')}
            </Button>
          )}
          {onRoles && (
            <Button size="small" onClick={() => onRoles(one)}>
              {t('roles.do')}
            </Button>
          )}
          {onMap && (
            <Button size="small" onClick={() => onMap(one)}>
              {t('map.do')}
            </Button>
          )}
        </span>
      ),
    },
  ];
}

function useIssueColumns({ names, onDispose }: IssuesPageProps): Column<AccountIssue>[] {
  const { t } = useTranslation('sysaccount');
  const person = usePerson(names);
  return [
    { key: 'kind', title: t('column.kind'), width: '150px', fixed: true, render: ({ kind, group }) => <Pill tone={groupTones[group]}>{t(`kind.${kind}`)}</Pill> },
    { key: 'account', title: t('column.account'), fixed: true, render: ({ source, account }) => `${source} / ${account}` },
    { key: 'person', title: t('column.person'), width: '130px', render: (one) => person(one.person) || t('nobody') },
    { key: 'detail', title: t('column.detail'), width: '150px', render: ({ detail }) => detail ?? '' },
    { key: 'since', title: t('column.since'), width: '150px', render: ({ since }) => <When at={since} /> },
    { key: 'lasted', title: t('column.lasted'), width: '100px', align: 'end', render: ({ since, closed }) => t('hours', { count: hoursFrom(since, closed, new Date()) }) },
    {
      key: 'state',
      title: t('column.state'),
      width: '230px',
      fixed: true,
      render: (one) =>
        one.state === 'open' && one.mine && onDispose ? (
          <Button size="small" onClick={() => onDispose(one)}>
            {t('dispose.do')}
          </Button>
        ) : (
          [t(one.group === 'red' && one.state === 'open' ? 'state.red' : `state.${one.state}`), person(one.by), one.words].filter(Boolean).join(' · ')
        ),
    },
    { key: 'until', title: t('column.until'), width: '130px', hidden: true, render: ({ until }) => (until ? <When at={until} as="day" /> : '') },
  ];
}
