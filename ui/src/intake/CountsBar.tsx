import { useTranslation } from 'react-i18next';
import styles from './CountsBar.module.css';
import type { Counts } from './report';

const shares = ['created', 'updated', 'unchanged', 'quarantined'] as const;

/** Counts as figures, and as shares of what was read. */
export function CountsBar({ counts }: { counts: Counts }) {
  const { t } = useTranslation('intake');
  return (
    <div className={styles.counts}>
      <dl className={styles.figures}>
        {(['read', ...shares] as const).map((name) => (
          <div key={name} className={styles[name]}>
            <dt>{t(`counts.${name}`)}</dt>
            <dd>{counts[name].toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.bar} aria-hidden="true">
        {shares.map((name) => (
          <span key={name} className={styles[name]} style={{ flexGrow: counts[name] }} />
        ))}
      </div>
    </div>
  );
}
