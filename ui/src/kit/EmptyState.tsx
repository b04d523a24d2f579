import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

export interface EmptyStateProps {
  title: string;
  /** What to do about it. */
  hint?: ReactNode;
  action?: ReactNode;
  /** It is what the whole page says. */
  whole?: boolean;
}

/** Nothing here, and what to do about it. */
export function EmptyState({ title, hint, action, whole }: EmptyStateProps) {
  const Title = whole ? 'h1' : 'p';
  return (
    <div className={styles.empty}>
      <svg className={styles.picture} viewBox="0 0 64 48" aria-hidden="true">
        <path d="M12 14h26M12 22h34M12 30h18" />
        <rect x="4.5" y="4.5" width="55" height="39" rx="5" />
        <circle cx="46" cy="33" r="6.5" />
        <path d="m51 38 6 6" />
      </svg>
      <Title className={styles.title}>{title}</Title>
      {hint && <p className={styles.hint}>{hint}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
