import { useId, type ReactNode } from 'react';
import { classes } from './classes';
import styles from './Panel.module.css';

interface PanelProps {
  title?: ReactNode;
  extra?: ReactNode;
  /** Without inner margins, for lists and tables that reach the edges. */
  flush?: boolean;
  /** It scrolls by itself, and may hold nothing by which the keyboard would reach it. */
  scrolls?: boolean;
  className?: string;
  children: ReactNode;
}

export function Panel({ title, extra, flush, scrolls, className, children }: PanelProps) {
  const id = useId();
  return (
    <section className={classes(styles.panel, className)} aria-labelledby={title ? id : undefined} {...(scrolls && { tabIndex: 0 })}>
      {title && (
        <header className={styles.head}>
          <h2 id={id}>{title}</h2>
          {extra && <div className={styles.extra}>{extra}</div>}
        </header>
      )}
      <div className={flush ? undefined : styles.body}>{children}</div>
    </section>
  );
}
