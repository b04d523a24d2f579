import { InboxOutlined } from '@ant-design/icons';
import { Button, Popconfirm, Tabs } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import type { Schemas } from '@/api/client';
import { Code } from '@/kit/Code';
import { LinkButton } from '@/kit/LinkButton';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import type { Tone } from '@/kit/tone';
import { When } from '@/kit/When';
import { useRow, useText } from '@/language/text';
import styles from './RosterPage.module.css';

export type Plan = Schemas['StaffPlan'];
export type Roster = Schemas['StaffRoster'];

export interface RosterPageProps {
  file?: string | undefined;
  plan?: Plan | undefined;
  taken?: Roster | undefined;
  rosters: Roster[] | undefined;
  busy: boolean;
  error?: string | undefined;
  onFile: (file: File) => void;
  onApply: () => void;
  onDrop: () => void;
}

/** Takes in a roster: what it would do is shown row by row before anything is done. */
export function RosterPage({ file, plan, taken, rosters, busy, error, onFile, onApply, onDrop }: RosterPageProps) {
  const { t } = useTranslation('staff');
  return (
    <Page>
      <PageHead title={t('roster.title')} lead={t('roster.lead')} actions={<LinkButton to="/staff/reconciliation">{t('reconcile.title')}</LinkButton>} />
      <div className={styles.parts}>
        {error && <Notice tone="error">{error}</Notice>}
        {taken && (
          <Notice tone="success" title={t('roster.taken')}>
            {t('roster.takenOf', { added: taken.added, changed: taken.changed, departed: taken.departed })}
          </Notice>
        )}
        {plan ? <PlanView file={file ?? ''} plan={plan} busy={busy} onApply={onApply} onDrop={onDrop} /> : <ChooseFile busy={busy} onFile={onFile} />}
        <Taken rosters={rosters} />
      </div>
    </Page>
  );
}

function ChooseFile({ busy, onFile }: Pick<RosterPageProps, 'busy' | 'onFile'>) {
  const { t } = useTranslation('staff');
  const input = useRef<HTMLInputElement>(null);
  return (
    <div
      className={styles.drop}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const dropped = event.dataTransfer.files[0];
        if (dropped) onFile(dropped);
      }}
    >
      <InboxOutlined className={styles.icon} />
      <div>
        <p className={styles.strong}>{t('roster.drop')}</p>
        <p className={styles.note}>{t('roster.columns')}</p>
      </div>
      <Button type="primary" loading={busy} onClick={() => input.current?.click()}>
        {t('roster.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('roster.choose')}
        accept=".xlsx,.csv"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) onFile(chosen);
          event.target.value = '';
        }}
      />
    </div>
  );
}

type Part = keyof Plan['numbers'];

const parts: { key: Part; tone: Tone }[] = [
  { key: 'faults', tone: 'error' },
  { key: 'adds', tone: 'success' },
  { key: 'changes', tone: 'info' },
  { key: 'leavers', tone: 'warning' },
  { key: 'moved', tone: 'neutral' },
  { key: 'missing', tone: 'neutral' },
];

function PlanView({ file, plan, busy, onApply, onDrop }: { file: string; plan: Plan } & Pick<RosterPageProps, 'busy' | 'onApply' | 'onDrop'>) {
  const { t } = useTranslation('staff');
  const { faults, adds, changes, leavers } = plan.numbers;
  const does = adds + changes + leavers;
  return (
    <Panel
      title={t('roster.preview', { file, count: plan.total })}
      extra={
        <span className={styles.buttons}>
          <Button onClick={onDrop}>{t('roster.other')}</Button>
          <Popconfirm
            title={t('roster.applyTitle', { adds, changes, leavers })}
            description={leavers > 0 ? t('roster.applyLeavers', { count: leavers }) : undefined}
            okText={t('roster.apply')}
            cancelText={t('roster.notYet')}
            disabled={faults > 0 || does === 0}
            onConfirm={onApply}
          >
            <Button type="primary" disabled={faults > 0 || does === 0} loading={busy}>
              {t('roster.apply')}
            </Button>
          </Popconfirm>
        </span>
      }
    >
      <div className={styles.parts}>
        {faults > 0 && <Notice tone="error">{t('roster.mustCorrect', { count: faults })}</Notice>}
        {faults === 0 && does === 0 && <Notice>{t('roster.nothing')}</Notice>}
        <Tabs
          defaultActiveKey={faults > 0 ? 'faults' : 'adds'}
          items={parts.map(({ key, tone }) => ({
            key,
            label: (
              <span className={styles.tab}>
                {t(`roster.parts.${key}`)} <Pill tone={plan.numbers[key] > 0 ? tone : 'neutral'}>{plan.numbers[key]}</Pill>
              </span>
            ),
            children: key === 'faults' ? <Faults rows={plan.faults ?? []} /> : <People part={key} rows={plan[key] ?? []} />,
          }))}
        />
      </div>
    </Panel>
  );
}

/** Says what a column of a roster is called. */
function useField(): (name: string) => string {
  const { t } = useTranslation('staff');
  return (name) => t(`roster.fields.${name}` as never, { defaultValue: name });
}

function Faults({ rows }: { rows: NonNullable<Plan['faults']> }) {
  const { t } = useTranslation('staff');
  const text = useText();
  const field = useField();
  const columns: Column<(typeof rows)[number]>[] = [
    { key: 'row', title: t('roster.row'), width: '90px', render: ({ row }) => t('roster.rowOf', { row }) },
    { key: 'column', title: t('roster.column'), width: '160px', render: ({ column }) => field(column) },
    { key: 'problem', title: t('roster.problem'), render: ({ problem }) => text(problem) },
  ];
  return <PlainTable label={t('roster.parts.faults')} columns={columns} rows={rows} rowKey={({ row, column }) => `${row}-${column}`} empty={t('roster.none')} />;
}

function People({ part, rows }: { part: Exclude<Part, 'faults'>; rows: NonNullable<Plan['adds']> }) {
  const { t } = useTranslation('staff');
  const row = useRow();
  const field = useField();
  const columns: Column<(typeof rows)[number]>[] = [
    { key: 'row', title: t('roster.row'), width: '90px', render: (line) => (line.row ? t('roster.rowOf', { row: line.row }) : '–') },
    { key: 'number', title: t('column.number'), width: '130px', render: ({ number }) => <Code value={number} /> },
    { key: 'name', title: t('column.name'), render: ({ name }) => name },
  ];
  if (part === 'changes') columns.push({ key: 'fields', title: t('roster.differs'), render: ({ fields }) => row((fields ?? []).map(field)) });
  if (part === 'leavers') columns.push({ key: 'left', title: t('leave.kind'), render: ({ left }) => t(`leave.kinds.${left ?? ''}` as never, { defaultValue: left ?? '' }) });
  return <PlainTable label={t(`roster.parts.${part}`)} columns={columns} rows={rows} rowKey={({ number }) => number} empty={t('roster.none')} />;
}

function Taken({ rosters }: { rosters: Roster[] | undefined }) {
  const { t } = useTranslation('staff');
  const columns: Column<Roster>[] = [
    { key: 'made', title: t('roster.made'), width: '170px', render: ({ made }) => <When at={made} /> },
    { key: 'total', title: t('roster.total'), align: 'end', render: ({ total }) => total },
    { key: 'added', title: t('roster.parts.adds'), align: 'end', render: ({ added }) => added },
    { key: 'changed', title: t('roster.parts.changes'), align: 'end', render: ({ changed }) => changed },
    { key: 'departed', title: t('roster.parts.leavers'), align: 'end', render: ({ departed }) => departed },
    {
      key: 'state',
      title: t('roster.state'),
      width: '180px',
      render: ({ finished, done, total }) => <Pill tone={finished ? 'success' : 'warning'}>{finished ? t('roster.finished') : t('roster.running', { done, total })}</Pill>,
    },
  ];
  return (
    <Panel title={t('roster.before')} flush>
      <PlainTable label={t('roster.before')} columns={columns} rows={rosters} rowKey={({ id }) => id} empty={t('roster.noneBefore')} />
    </Panel>
  );
}
