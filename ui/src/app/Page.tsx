import type { ReactNode } from 'react';
import { classes } from '@/kit/classes';
import styles from './Page.module.css';

interface PageProps {
  /** Fills the window and scrolls inside, instead of growing. */
  fixed?: boolean;
  /** No wider than is good to read. */
  narrow?: boolean;
  children: ReactNode;
}

/** The inner margins of a page. */
export function Page({ fixed, narrow, children }: PageProps) {
  return <div className={classes(styles.page, fixed && styles.fixed, narrow && styles.narrow)}>{children}</div>;
}
