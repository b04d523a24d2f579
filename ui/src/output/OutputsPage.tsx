import { Button, Popconfirm, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { useNow } from '@/kit/now';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useRow, useText, type Text } from '@/language/text';
import { kinds } from '@/record/kinds';
import styles from './Output.module.css';
import { OutputFrame } from './OutputFrame';
import { exportTones, heldTones, type Export, type Held, type Issue, type Names, type Pointed } from './output';

export const outputTabs = ['queue', 'issues', 'exports', 'forwards'] as const;
export type OutputTab = (typeof outputTabs)[number];

export interface OutputsPageProps {
  tab: OutputTab;
  onTab: (tab: OutputTab) => void;
  /** My prints that wait; absent while on their way. */
  queue: Held[] | undefined;
  issues: TablePage<Issue>;
  exports: TablePage<Export>;
  /** What colleagues pointed out to me. */
  forwards: TablePage<Pointed>;
  names: Names;
  /** What the lists are called, by id. */
  lists: Record<string, Text>;
  /** Why something did not work. */
  refused?: ReactNode;
  busy: boolean;
  onRelease: (held: Held) => void;
  onCancel: (held: Held) => void;
  open?: Export | undefined;
  onOpen: (open: Export | undefined) => void;
  /** The export that is open, beside the table. */
  followed: ReactNode;
}

/** What I took along: prints that wait, copies with their serials, exports with where they stand. */
export function OutputsPage(props: OutputsPageProps) {
  const { tab, onTab, refused, issues, exports, forwards, open, onOpen, followed } = props;
  const { t } = useTranslation('output');
  const issueColumns = useIssueColumns(props);
  const exportColumns = useExportColumns(props);
  const forwardColumns = useForwardColumns(props.names);
  return (
    <OutputFrame tab="mine" fixed>
      {refused}
      <Tabs activeKey={tab} onChange={(key) => onTab(key as OutputTab)} items={outputTabs.map((key) => ({ key, label: t(`tabs.${key}`) }))} />
      {tab === 'queue' && <Queue {...props} />}
      {tab === 'issues' && (
        <DataTable key="issues" name="output-issues" label={t('tabs.issues')} columns={issueColumns} page={issues} rowKey={({ id }) => id} empty={{ title: t('issues.none'), hint: t('issues.noneHint') }} />
      )}
      {tab === 'exports' && (
        <DataTable
          key="exports"
          name="output-exports"
          label={t('tabs.exports')}
          columns={exportColumns}
          page={exports}
          rowKey={({ id }) => id}
          onOpen={onOpen}
          {...(open && { current: open.id })}
          empty={{ title: t('exports.none'), hint: t('exports.noneHint') }}
        />
      )}
      {tab === 'forwards' && (
        <DataTable key="forwards" name="output-forwards" label={t('tabs.forwards')} columns={forwardColumns} page={forwards} rowKey={({ id }) => id} empty={{ title: t('forwards.none'), hint: t('forwards.noneHint') }} />
      )}
      {followed}
    </OutputFrame>
  );
}

function Queue({ queue, busy, onRelease, onCancel }: OutputsPageProps) {
  const { t } = useTranslation('output');
  const columns: Column<Held>[] = [
    { key: 'made', title: t('queue.made'), width: '160px', render: ({ made }) => <When at={made} /> },
    { key: 'patient', title: t('patient'), render: ({ patient }) => <Code value={patient} ends={4} /> },
    { key: 'media', title: t('format'), width: '100px', render: ({ media }) => (media.startsWith('text/html') ? t('print.formats.html') : t('print.formats.pdf')) },
    { key: 'state', title: t('state'), width: '110px', render: ({ state }) => <Pill tone={heldTones[state]}>{t(`held.${state}`)}</Pill> },
    { key: 'until', title: t('queue.until'), width: '190px', render: ({ state, until, made }) => state === 'waiting' && <Clock deadline={until} start={made} /> },
    {
      key: 'do',
      title: t('do'),
      width: '220px',
      align: 'end',
      render: (held) =>
        held.state === 'waiting' && (
          <span className={styles.foot}>
            <Popconfirm title={t('queue.cancelTitle')} okText={t('queue.cancel')} cancelText={t('keep')} onConfirm={() => onCancel(held)}>
              <Button size="small" disabled={busy}>
                {t('queue.cancel')}
              </Button>
            </Popconfirm>
            <Button size="small" type="primary" loading={busy} onClick={() => onRelease(held)}>
              {t('queue.release')}
            </Button>
          </span>
        ),
    },
  ];
  return (
    <div>
      <Panel flush title={t('tabs.queue')} extra={t('queue.lead')}>
        <PlainTable label={t('tabs.queue')} columns={columns} rows={queue} rowKey={({ id }) => id} empty={t('queue.none')} />
      </Panel>
    </div>
  );
}

function useIssueColumns({ names, lists }: Pick<OutputsPageProps, 'names' | 'lists'>): Column<Issue>[] {
  const { t } = useTranslation('output');
  const text = useText();
  const row = useRow();
  const term = useTerm();
  const what = ({ kind, documents, list }: Issue) =>
    kind === 'export' ? text(lists[list ?? '']) || list : row((documents ?? []).map((sheet) => text(kinds[sheet.kind]) || sheet.kind));
  return [
    { key: 'at', title: t('issues.at'), width: '150px', fixed: true, render: ({ at }) => <When at={at} /> },
    { key: 'serial', title: t('serial'), width: '180px', fixed: true, render: ({ serial }) => <Code value={serial} copyable /> },
    { key: 'kind', title: t('issues.kind'), width: '80px', render: ({ kind }) => <Pill>{t(`kinds.${kind}`)}</Pill> },
    { key: 'what', title: t('issues.what'), render: what },
    { key: 'patients', title: t('issues.patients'), width: '90px', align: 'end', render: ({ patients }) => patients },
    { key: 'copies', title: t('print.copies'), width: '70px', align: 'end', hidden: true, render: ({ copies }) => copies },
    { key: 'purpose', title: t('purpose'), width: '110px', render: ({ purpose }) => term('purpose', purpose) },
    { key: 'case', title: t('case'), width: '140px', render: ({ case: number }) => number },
    { key: 'person', title: t('person'), width: '120px', render: ({ person }) => text(names[person]) },
  ];
}

function useExportColumns({ names, lists }: Pick<OutputsPageProps, 'names' | 'lists'>): Column<Export>[] {
  const { t } = useTranslation('output');
  const text = useText();
  const term = useTerm();
  return [
    { key: 'asked', title: t('exports.asked'), width: '150px', fixed: true, render: ({ asked }) => <When at={asked} /> },
    { key: 'list', title: t('exports.list'), fixed: true, render: ({ list }) => text(lists[list]) || list },
    { key: 'lines', title: t('exports.lines'), width: '80px', align: 'end', render: ({ lines }) => lines.toLocaleString('en') },
    { key: 'patients', title: t('issues.patients'), width: '90px', align: 'end', render: ({ patients }) => patients.toLocaleString('en') },
    { key: 'purpose', title: t('purpose'), width: '100px', render: ({ purpose }) => term('purpose', purpose) },
    { key: 'case', title: t('case'), width: '140px', render: ({ case: number }) => number },
    { key: 'person', title: t('person'), width: '120px', render: ({ person }) => text(names[person]) },
    { key: 'state', title: t('state'), width: '130px', render: ({ state }) => <Pill tone={exportTones[state]}>{t(`states.${state}`)}</Pill> },
    { key: 'until', title: t('exports.until'), width: '170px', render: ({ state, until, asked }) => state === 'ready' && until && <Clock deadline={until} start={asked} /> },
  ];
}

function useForwardColumns(names: Names): Column<Pointed>[] {
  const { t } = useTranslation('output');
  const text = useText();
  const now = useNow();
  const lives = (until: string) => Date.parse(until) > now;
  return [
    { key: 'since', title: t('forwards.since'), width: '160px', fixed: true, render: ({ since }) => <When at={since} /> },
    { key: 'sender', title: t('forwards.sender'), render: ({ sender }) => text(names[sender]) },
    { key: 'opened', title: t('forwards.opened'), width: '110px', render: ({ opened }) => <Pill tone={opened > 0 ? 'neutral' : 'info'}>{t(opened > 0 ? 'forwards.seen' : 'forwards.new')}</Pill> },
    { key: 'until', title: t('forwards.until'), width: '190px', render: ({ until, since }) => (lives(until) ? <Clock deadline={until} start={since} /> : <Pill>{t('forwards.over')}</Pill>) },
    { key: 'do', title: t('do'), width: '90px', align: 'end', render: ({ id, until }) => lives(until) && <Link to={`/forwards/${id}`}>{t('forwards.open')}</Link> },
  ];
}
