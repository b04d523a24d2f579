import { CheckCircleFilled, CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { classes } from '@/kit/classes';
import styles from './VerifyPage.module.css';

interface VerdictProps {
  tone: 'success' | 'warning' | 'error';
  title: string;
  children: ReactNode;
}

const icons = { success: <CheckCircleFilled />, warning: <WarningFilled />, error: <CloseCircleFilled /> };

/** What the house says of a file or a copy, in one glance. */
export function Verdict({ tone, title, children }: VerdictProps) {
  return (
    <section className={classes(styles.verdict, styles[tone])}>
      <span className={styles.icon}>{icons[tone]}</span>
      <div>
        <h2>{title}</h2>
        <p>{children}</p>
      </div>
    </section>
  );
}
