import { useTranslation } from 'react-i18next';
import styles from './Waiting.module.css';

/** A page is on its way. */
export function Waiting() {
  const { t } = useTranslation();
  return (
    <div className={styles.waiting} data-waiting role="status" aria-label={t('loading')}>
      <span />
    </div>
  );
}
