import { ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '@/kit/EmptyState';
import { Pill } from '@/kit/Pill';
import { useTableAddress } from '@/kit/table/address';
import type { Filter } from '@/kit/table/column';
import type { TablePage } from '@/kit/table/DataTable';
import { Filters } from '@/kit/table/Filters';
import { Pager } from '@/kit/table/Pager';
import { useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import type { Box, Task } from './task';
import styles from './TaskList.module.css';
import { TimeLeft } from './TimeLeft';
import { useHolder } from './use-holder';

export interface TaskListProps {
  box: Box;
  page: TablePage<Task>;
  filters: Filter[];
  departments: Departments;
  open: string | undefined;
  onOpen: (task: string) => void;
}

/** One's tasks, a line or two for each. Arrows move, Enter opens. */
export function TaskList({ box, page, filters, departments, open, onOpen }: TaskListProps) {
  const { t } = useTranslation('duty');
  const address = useTableAddress();
  const list = useRef<HTMLUListElement>(null);
  const rows = page.rows ?? [];
  const filtered = Object.keys(address.filters).length > 0;
  const tabStop = rows.some(({ id }) => id === open) ? open : rows[0]?.id;

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const lines = [...(list.current?.querySelectorAll<HTMLElement>('a') ?? [])];
    const here = lines.indexOf(document.activeElement as HTMLElement);
    if (step === undefined || here < 0) return;
    event.preventDefault();
    lines[here + step]?.focus();
  };

  return (
    <section className={styles.list} aria-label={t('rows')}>
      <div className={styles.bar}>
        <Filters filters={filters} address={address} />
      </div>
      <div className={styles.scroll} aria-busy={page.loading}>
        {page.error && <Failed page={page} />}
        {!page.error && !page.rows && <Skeleton />}
        {!page.error && page.rows?.length === 0 && (
          <EmptyState title={t(filtered ? 'empty.filtered' : `empty.${box}`)} hint={t(filtered ? 'empty.filteredHint' : `empty.${box}Hint`)} />
        )}
        {!page.error && rows.length > 0 && (
          <ul ref={list} onKeyDown={onKeyDown}>
            {rows.map((task) => (
              <li key={task.id}>
                <Line task={task} current={task.id === open} tabStop={task.id === tabStop} departments={departments} onOpen={onOpen} />
              </li>
            ))}
          </ul>
        )}
      </div>
      {rows.length > 0 && !page.error && <Pager address={address} here={rows.length} next={page.next} count={page.count} />}
    </section>
  );
}

interface LineProps {
  task: Task;
  current: boolean;
  tabStop: boolean;
  departments: Departments;
  onOpen: (task: string) => void;
}

function Line({ task, current, tabStop, departments, onOpen }: LineProps) {
  const text = useText();
  const holder = useHolder(departments);
  return (
    <Link
      to={`#${task.id}`}
      className={styles.line}
      aria-current={current || undefined}
      tabIndex={tabStop ? 0 : -1}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        onOpen(task.id);
      }}
    >
      <span className={styles.title}>{text(task.title)}</span>
      <span className={styles.time}>
        <TimeLeft task={task} />
      </span>
      <span className={styles.holder}>{holder(task)}</span>
      <span className={styles.marks}>
        <Marks task={task} />
      </span>
    </Link>
  );
}

/** What is special about a task, each in a word. */
export function Marks({ task }: { task: Task }) {
  const { t } = useTranslation('duty');
  return (
    <>
      {task.urgent && <Pill tone="error">{t('urgent')}</Pill>}
      {task.late && task.state === 'open' && <Pill tone="error">{t('late')}</Pill>}
      {task.level > 0 && task.state === 'open' && <Pill tone="warning">{t('facts.levelValue', { count: task.level })}</Pill>}
      {task.asked && <Pill tone="warning">{t('asked')}</Pill>}
      {task.state !== 'open' && <Pill tone={task.state === 'done' ? 'success' : 'neutral'}>{t(`states.${task.state}`)}</Pill>}
    </>
  );
}

const skeletonLines = 6;

function Skeleton() {
  const { t } = useTranslation('kit');
  return (
    <div className={styles.skeleton} role="status" aria-label={t('table.loading')}>
      {Array.from({ length: skeletonLines }, (_, line) => (
        <span key={line} />
      ))}
    </div>
  );
}

function Failed({ page: { error, onRetry } }: { page: TablePage<Task> }) {
  const { t } = useTranslation('kit');
  return (
    <div role="alert">
      <EmptyState
        title={t(error?.refused ? 'table.refused' : 'table.failed')}
        hint={[error?.message, error?.code && t('table.failureCode', { code: error.code })].filter(Boolean).join(' ')}
        action={
          onRetry &&
          !error?.refused && (
            <Button icon={<ReloadOutlined />} onClick={onRetry}>
              {t('retry')}
            </Button>
          )
        }
      />
    </div>
  );
}
