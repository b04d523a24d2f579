import { useTranslation } from 'react-i18next';
import { inOrder, type Day } from './source';
import styles from './Source.module.css';

/** How many messages came on each day, and how many of them were set aside. */
export function DayBars({ days }: { days: Day[] | null | undefined }) {
  const { t } = useTranslation('source');
  const ordered = inOrder(days);
  const most = Math.max(1, ...ordered.map(({ received }) => received));
  return (
    <ol className={styles.bars} aria-label={t('days.title')}>
      {ordered.map(({ day, received, quarantined }) => {
        const words = t('days.one', { day, received, quarantined });
        return (
          <li key={day} title={words}>
            <span className={styles.bar} style={{ height: `${(received / most) * 100}%` }}>
              <span className={styles.aside} style={{ height: received ? `${(quarantined / received) * 100}%` : 0 }} />
            </span>
            <span className={styles.day}>{day.slice(5)}</span>
          </li>
        );
      })}
    </ol>
  );
}
