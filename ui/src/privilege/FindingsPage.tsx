import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '@/app/Page';
import { Code } from '@/kit/Code';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import type { Column } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import type { Finding, Names, Round } from './privilege';
import { RowName } from './RowName';
import { usePerson } from './use-person';

export interface FindingsPageProps {
  page: TablePage<Finding>;
  names: Names | undefined;
  rounds: Round[];
  /** Absent where the reader does not dispose of findings. */
  onDispose: ((finding: Finding) => void) | undefined;
}

/** What was done behind the system, explained by a change or not, and what became of it. */
export function FindingsPage({ page, names, rounds, onDispose }: FindingsPageProps) {
  const { t } = useTranslation('privilege');
  const person = usePerson(names);
  const columns: Column<Finding>[] = [
    { key: 'found', title: t('findings.found'), width: '150px', fixed: true, render: ({ found }) => <When at={found} /> },
    { key: 'kind', title: t('findings.kind'), width: '120px', fixed: true, render: ({ kind }) => t(`kind.${kind}`) },
    { key: 'what', title: t('findings.what'), render: ({ table, row, subject }) => <RowName table={table} row={row ?? subject} /> },
    { key: 'person', title: t('findings.person'), width: '140px', render: (one) => <Named one={one} name={person(one.person)} /> },
    { key: 'why', title: t('findings.explained'), width: '120px', render: (one) => <Explained one={one} /> },
    { key: 'was', title: t('findings.was'), width: '120px', hidden: true, render: ({ was }) => (was ? <Code value={was} ends={5} /> : '') },
    { key: 'is', title: t('findings.is'), width: '120px', hidden: true, render: ({ is }) => (is ? <Code value={is} ends={5} /> : '') },
    { key: 'gone', title: t('findings.gone'), width: '130px', render: ({ gone }) => (gone ? <When at={gone} /> : t('findings.stands')) },
    {
      key: 'disposal',
      title: t('findings.disposal'),
      width: '140px',
      fixed: true,
      render: (one) =>
        one.disposal ? (
          `${t(`disposal.${one.disposal}`)} · ${person(one.disposedBy)}`
        ) : onDispose ? (
          <Button size="small" onClick={() => onDispose(one)}>
            {t('findings.dispose')}
          </Button>
        ) : (
          t('findings.open')
        ),
    },
  ];
  return (
    <Page fixed>
      <PageHead title={t('findings.title')} lead={t('findings.lead')} />
      <Rounds rounds={rounds} />
      <DataTable name="privilege-findings" label={t('findings.title')} columns={columns} page={page} rowKey={({ id }) => id} empty={{ title: t('findings.none'), hint: t('findings.noneHint') }} />
    </Page>
  );
}

function Rounds({ rounds }: { rounds: Round[] }) {
  const { t } = useTranslation('privilege');
  if (rounds.length === 0) return <Notice tone="warning">{t('findings.noRound')}</Notice>;
  return (
    <Notice tone={rounds.some(({ differences }) => differences > 0) ? 'error' : 'success'}>
      {rounds.map((round) => (
        <div key={round.kind}>
          {t(`round.${round.kind}`)} <When at={round.at} as="ago" /> · {t('findings.compared', { rows: round.rows, tables: round.tables, millis: round.millis })} · {t('findings.differences', { count: round.differences })}
        </div>
      ))}
    </Notice>
  );
}

function Named({ one, name }: { one: Finding; name: string }) {
  const { t } = useTranslation('privilege');
  if (!one.person) return null;
  return (
    <>
      {name} {one.suspended && <Pill tone="error">{t('findings.suspended')}</Pill>}
    </>
  );
}

function Explained({ one }: { one: Finding }) {
  const { t } = useTranslation('privilege');
  if (one.change) return <Link to={`/privilege/changes/${one.change}`}>{t('findings.byChange')}</Link>;
  return <Pill tone="error">{t('findings.unexplained')}</Pill>;
}
