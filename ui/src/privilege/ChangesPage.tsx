import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { Code } from '@/kit/Code';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import type { Column } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { riskTones, type Change, type Names } from './privilege';
import { StateOf } from './StateOf';
import { usePerson } from './use-person';

export interface ChangesPageProps {
  page: TablePage<Change>;
  names: Names | undefined;
  onOpen: (change: Change) => void;
  actions?: ReactNode;
}

/** Changes behind the system, the newest first. */
export function ChangesPage({ page, names, onOpen, actions }: ChangesPageProps) {
  const { t } = useTranslation('privilege');
  const person = usePerson(names);
  const columns: Column<Change>[] = [
    { key: 'title', title: t('changes.what'), fixed: true, render: ({ title }) => title },
    { key: 'state', title: t('column.state'), width: '110px', fixed: true, render: ({ state }) => <StateOf state={state} /> },
    { key: 'risk', title: t('changes.risk'), width: '80px', render: ({ risk }) => <Pill tone={riskTones[risk]}>{t(`risk.${risk}`)}</Pill> },
    { key: 'askedBy', title: t('column.askedBy'), width: '120px', render: ({ askedBy }) => person(askedBy) },
    { key: 'reviewedBy', title: t('changes.reviewer'), width: '120px', render: ({ reviewedBy }) => person(reviewedBy) },
    { key: 'approvedBy', title: t('changes.approver'), width: '120px', render: ({ approvedBy }) => person(approvedBy) },
    { key: 'since', title: t('changes.since'), width: '150px', render: ({ since }) => <When at={since} /> },
    { key: 'until', title: t('changes.until'), width: '150px', render: ({ until }) => <When at={until} /> },
    { key: 'outcome', title: t('changes.outcome'), width: '120px', render: ({ outcome }) => (outcome ? t(`outcome.${outcome}`) : '') },
    { key: 'digest', title: t('changes.digest'), width: '130px', hidden: true, render: ({ digest }) => <Code value={digest} ends={5} /> },
  ];
  return (
    <Page fixed>
      <PageHead title={t('changes.title')} lead={t('changes.lead')} actions={actions} />
      <DataTable name="privilege-changes" label={t('changes.title')} columns={columns} page={page} rowKey={({ id }) => id} onOpen={onOpen} empty={{ title: t('changes.none'), hint: t('changes.noneHint') }} />
    </Page>
  );
}
