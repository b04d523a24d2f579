import { formatDay, formatMinute, formatSecond, useAgo, type Instant } from '@/language/time';
import styles from './When.module.css';

interface WhenProps {
  at: Instant;
  as?: 'day' | 'minute' | 'second' | 'ago';
}

/** A moment; pointing at it shows it to the second. */
export function When({ at, as = 'minute' }: WhenProps) {
  const ago = useAgo();
  const shown = { day: formatDay, minute: formatMinute, second: formatSecond, ago }[as](at);
  return (
    <time className={styles.when} dateTime={at} title={formatSecond(at)}>
      {shown}
    </time>
  );
}
