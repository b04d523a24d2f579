import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { Page } from '@/app/Page';
import { EmptyState } from '@/kit/EmptyState';
import { LinkButton } from '@/kit/LinkButton';
import { PageHead } from '@/kit/PageHead';
import styles from './InboxPage.module.css';
import { boxes, boxPath } from './task';
import { TaskList, type TaskListProps } from './TaskList';
import { useNarrow } from './use-narrow';
import type { Waits } from './waits';

export interface InboxPageProps extends Omit<TaskListProps, 'onOpen'> {
  waits: Waits | undefined;
  onOpen: (task: string | undefined) => void;
  /** The task that is open, or why it is not. */
  detail: ReactNode;
  /** What begins something new. */
  actions?: ReactNode;
}

/** One's tasks: to do, done, asked for; the one that is open stands beside them. */
export function InboxPage({ waits, onOpen, detail, actions, ...list }: InboxPageProps) {
  const { t } = useTranslation('duty');
  const narrow = useNarrow();
  return (
    <Page fixed>
      <PageHead
        title={t('title')}
        lead={waits && (waits.todo > 0 ? t('lead', { count: waits.todo, late: waits.late }) : t('leadNone'))}
        actions={
          <>
            <LinkButton to="/roster">{t('order.open')}</LinkButton>
            {actions}
          </>
        }
      />
      <nav className={styles.boxes} aria-label={t('title')}>
        {boxes.map((box) => (
          <NavLink key={box} to={boxPath(box)} end className={styles.box}>
            {t(`boxes.${box}`)}
            {box === 'todo' && waits && <span className={styles.count}>{waits.more ? `${waits.todo}+` : waits.todo}</span>}
            {box === list.box && box !== 'todo' && list.page.rows && <span className={styles.count}>{list.page.next ? `${list.page.rows.length}+` : list.page.rows.length}</span>}
          </NavLink>
        ))}
      </nav>
      <div className={styles.split}>
        <TaskList {...list} onOpen={onOpen} />
        {!narrow && <div className={styles.side}>{detail ?? <EmptyState title={t('choose')} hint={t('chooseHint')} />}</div>}
      </div>
      {narrow && (
        <Drawer open={detail !== undefined} onClose={() => onOpen(undefined)} size="min(520px, 100vw)" title={t('detail')} styles={{ body: { padding: 0 } }} destroyOnHidden>
          {detail}
        </Drawer>
      )}
    </Page>
  );
}
