import { Button, Progress } from 'antd';
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
import { clockOf, type LogFinding, type LogSource, type Run } from './accesslog';
import styles from './Accesslog.module.css';

interface LogsPageProps {
  sources: LogSource[] | undefined;
  error: string | undefined;
  names: Names;
  runs: Run[] | undefined;
  findings: TablePage<LogFinding>;
  /** Whether the reader sees what was reported. */
  watches: boolean;
  /** Absent where the reader hands in nothing. */
  onHandIn: ((source: LogSource) => void) | undefined;
  onMap: ((source: LogSource | 'new') => void) | undefined;
  onSettle: ((finding: LogFinding) => void) | undefined;
}

/** The logs of other systems: where they come from, what came, and what is amiss with them. */
export function LogsPage(props: LogsPageProps) {
  const { sources, error, runs, findings, watches, onMap } = props;
  const { t } = useTranslation('accesslog');
  const columns = useSourceColumns(props);
  return (
    <Page>
      <PageHead
        title={t('logs.title')}
        lead={t('logs.lead')}
        actions={
          <>
            {watches && <LinkButton to="/access-logs/events">{t('events.title')}</LinkButton>}
            {watches && <LinkButton to="/access-logs/questions">{t('questions.title')}</LinkButton>}
            {onMap && (
              <Button type="primary" onClick={() => onMap('new')}>
                {t('mapping.add')}
              </Button>
            )}
          </>
        }
      />
      <div className={styles.parts}>
        {error && <Notice tone="error">{error}</Notice>}
        <Panel flush title={t('logs.sources')}>
          <PlainTable label={t('logs.sources')} columns={columns} rows={sources} rowKey={({ source }) => source} empty={t('logs.noSources')} />
        </Panel>
        <Panel flush title={t('logs.runs')}>
          <PlainTable label={t('logs.runs')} columns={useRunColumns()} rows={runs} rowKey={({ id }) => id} empty={t('logs.noRuns')} />
        </Panel>
        <DataTable name="log-findings" label={t('findings.title')} columns={useFindingColumns(props)} page={findings} rowKey={({ id }) => id} empty={{ title: t('findings.none'), hint: t('findings.noneHint') }} />
      </div>
    </Page>
  );
}

function useSourceColumns({ names, onHandIn, onMap }: LogsPageProps): Column<LogSource>[] {
  const { t } = useTranslation('accesslog');
  const text = useText();
  const person = usePerson(names);
  return [
    { key: 'source', title: t('column.source'), render: ({ name, source }) => `${text(name)} · ${source}` },
    { key: 'state', title: t('column.state'), width: '90px', render: ({ live }) => <Pill tone={live ? 'success' : 'neutral'}>{t(live ? 'live' : 'notLive')}</Pill> },
    { key: 'owner', title: t('column.owner'), width: '120px', render: ({ owner }) => person(owner) },
    { key: 'last', title: t('column.last'), width: '160px', render: ({ last }) => (last?.last ? <When at={last.last} /> : '–') },
    { key: 'skew', title: t('column.skew'), width: '120px', render: ({ last }) => (last?.skewSeconds === undefined ? '–' : clockOf(last.skewSeconds)) },
    { key: 'findings', title: t('column.findings'), width: '90px', align: 'end', render: ({ findings }) => (findings > 0 ? <Pill tone="warning">{findings}</Pill> : 0) },
    { key: 'asked', title: t('column.unanswered'), width: '90px', align: 'end', render: ({ asked }) => (asked > 0 ? <Pill tone="warning">{asked}</Pill> : 0) },
    {
      key: 'do',
      title: '',
      width: '210px',
      render: (one) => (
        <span className={styles.buttons}>
          {onHandIn && (
            <Button size="small" disabled={!one.live} onClick={() => onHandIn(one)}>
              {t('handIn.do')}
            </Button>
          )}
          {onMap && (
            <Button size="small" onClick={() => onMap(one)}>
              {t('mapping.change')}
            </Button>
          )}
        </span>
      ),
    },
  ];
}

function useRunColumns(): Column<Run>[] {
  const { t } = useTranslation('accesslog');
  return [
    { key: 'begun', title: t('column.begun'), width: '150px', render: ({ begun }) => <When at={begun} /> },
    { key: 'source', title: t('column.code'), width: '90px', render: ({ source }) => source },
    { key: 'lines', title: t('column.lines'), width: '100px', align: 'end', render: ({ lines }) => lines },
    {
      key: 'state',
      title: t('column.state'),
      width: '140px',
      render: ({ state, matched, blocks }) => (state === 'matching' ? <Progress size="small" percent={blocks === 0 ? 0 : Math.floor((matched / blocks) * 100)} /> : t(`run.${state}`)),
    },
    { key: 'explained', title: t('verdict.explained'), width: '90px', align: 'end', render: ({ tally }) => tally.explained + tally.outsideHours },
    { key: 'unexplained', title: t('verdict.unexplained'), width: '90px', align: 'end', render: ({ tally }) => tally.unexplained + tally.afterLeaving },
    { key: 'unknown', title: t('column.unknown'), width: '90px', align: 'end', render: ({ tally }) => tally.unknownPerson + tally.unknownPatient },
    { key: 'duplicates', title: t('finding.duplicates'), width: '90px', align: 'end', render: ({ tally }) => tally.duplicates },
    { key: 'refused', title: t('column.aside'), width: '90px', align: 'end', render: ({ tally }) => tally.refused },
  ];
}

function useFindingColumns({ names, onSettle }: LogsPageProps): Column<LogFinding>[] {
  const { t } = useTranslation('accesslog');
  const person = usePerson(names);
  return [
    { key: 'found', title: t('column.found'), width: '150px', fixed: true, render: ({ found }) => <When at={found} /> },
    { key: 'source', title: t('column.code'), width: '90px', fixed: true, render: ({ source }) => source },
    { key: 'kind', title: t('column.kind'), fixed: true, render: (one) => `${t(`finding.${one.kind}`)} · ${amount(one, t)}` },
    { key: 'since', title: t('column.since'), width: '150px', render: ({ since }) => (since ? <When at={since} /> : '') },
    { key: 'until', title: t('column.until'), width: '150px', render: ({ until }) => (until ? <When at={until} /> : '') },
    {
      key: 'settled',
      title: t('column.settled'),
      width: '170px',
      fixed: true,
      render: (one) =>
        one.settled ? (
          person(one.by)
        ) : onSettle ? (
          <Button size="small" onClick={() => onSettle(one)}>
            {t('findings.settle')}
          </Button>
        ) : (
          t('findings.open')
        ),
    },
  ];
}

function amount({ kind, n }: LogFinding, t: ReturnType<typeof useTranslation<'accesslog'>>['t']): string {
  if (kind === 'clock' || kind === 'drift') return clockOf(n);
  return kind === 'gap' ? t('hours', { count: n }) : String(n);
}
