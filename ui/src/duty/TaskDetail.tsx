import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Facts, type Fact } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { formatMinute } from '@/language/time';
import type { Departments } from '@/staff/departments';
import { History } from './History';
import type { Place } from './place';
import type { Said } from './said';
import { taskPath, type Detail, type Verb } from './task';
import { TaskActions } from './TaskActions';
import styles from './TaskDetail.module.css';
import { Marks } from './TaskList';
import { TimeLeft } from './TimeLeft';
import { useHolder } from './use-holder';
import { useLimit } from './use-limit';

export interface TaskDetailProps {
  task: Detail;
  places: Place[];
  departments: Departments;
  busy: boolean;
  error: string | undefined;
  onAct: (verb: Verb, said: Said) => void;
  /** Absent where it stands in a drawer, which has its own cross. */
  onClose?: () => void;
}

/** A task with all that happened to it, and what the reader may do. */
export function TaskDetail({ task, places, departments, busy, error, onAct, onClose }: TaskDetailProps) {
  const { t } = useTranslation('duty');
  const text = useText();
  const holder = useHolder(departments);
  const limit = useLimit();
  const facts: (Fact | false | undefined | '')[] = [
    { label: t('facts.left'), value: <TimeLeft task={task} /> },
    { label: t('facts.deadline'), value: <When at={task.deadline} /> },
    { label: t('facts.holder'), value: holder(task) },
    { label: t('facts.opened'), value: <When at={task.opened} /> },
    task.limit && { label: t('facts.limit'), value: limit(task.limit) },
    task.asked && { label: t('facts.asked'), value: formatMinute(task.asked) },
    task.pauses !== null && task.pauses.length > 0 && { label: t('facts.pauses'), value: t('facts.pausesValue', { count: task.pauses.length }) },
  ];
  return (
    <article className={styles.detail} aria-label={t('detail')}>
      <header className={styles.head}>
        <div>
          <h2>{text(task.title)}</h2>
          <div className={styles.marks}>
            <Marks task={task} />
          </div>
        </div>
        {onClose && <Button type="text" icon={<CloseOutlined />} aria-label={t('close')} onClick={onClose} />}
      </header>
      <div className={styles.body}>
        {places.length > 0 && (
          <div className={styles.places}>
            {places.map(({ key, path }) => (
              <Link key={path} to={path}>
                {t(`places.${key}`)}
              </Link>
            ))}
          </div>
        )}
        {task.words && <p className={styles.words}>{task.words}</p>}
        <Facts facts={facts.filter((fact): fact is Fact => Boolean(fact))} />
        {!task.certain && task.state === 'open' && <Notice tone="info">{t('uncertain')}</Notice>}
        {task.state === 'open' && <TaskActions key={task.id} task={task} busy={busy} error={error} onAct={onAct} />}
        {task.parts !== null && task.parts.length > 0 && (
          <section>
            <h3>{t('parts')}</h3>
            <ul className={styles.parts}>
              {task.parts.map((part) => (
                <li key={part.id}>
                  <Link to={taskPath(part.id)}>{text(part.title)}</Link>
                  <span>{holder(part)}</span>
                  <span>
                    <Marks task={part} />
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section>
          <h3>{t('history')}</h3>
          <History task={task} departments={departments} />
        </section>
      </div>
    </article>
  );
}
