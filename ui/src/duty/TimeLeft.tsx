import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';
import { WorkingClock } from '@/kit/WorkingClock';
import { When } from '@/kit/When';
import { second } from '@/language/time';
import type { Task } from './task';

type Timed = Pick<Task, 'state' | 'late' | 'deadline' | 'opened' | 'limit' | 'workingSeconds' | 'paused' | 'closed'>;

/** How much time a task has, or when it was closed and whether that was too late. */
export function TimeLeft({ task, full }: { task: Timed; full?: boolean }) {
  const { t } = useTranslation('duty');
  if (task.state !== 'open' && task.closed) {
    return (
      <span>
        <When at={task.closed} /> {task.late && <Pill tone="error">{t('late')}</Pill>}
      </span>
    );
  }
  return (
    <WorkingClock
      deadline={task.deadline}
      start={task.opened}
      limit={task.limit}
      left={task.workingSeconds * second}
      late={task.late}
      paused={task.paused !== undefined}
      {...(full && { full })}
    />
  );
}
