import { AlertFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Instant } from '@/language/time';
import { second, useSpan } from '@/language/time';
import styles from './BreakGlassBar.module.css';
import { useNow } from './now';

export interface BreakGlassBarProps {
  patient: string;
  start: Instant;
  end: Instant;
  onEnd: () => void;
}

/** Stands over every page while the glass is broken. */
export function BreakGlassBar({ patient, start, end, onEnd }: BreakGlassBarProps) {
  const { t } = useTranslation('kit');
  const span = useSpan();
  const now = useNow(second);
  const [from, until] = [Date.parse(start), Date.parse(end)];
  const left = Math.max(0, until - now);
  const share = Math.min(1, left / Math.max(1, until - from));
  return (
    <div className={styles.bar} role="region" aria-label={t('breakGlass.bar')}>
      <AlertFilled />
      <strong>{t('breakGlass.bar')}</strong>
      <span className={styles.patient}>{t('breakGlass.barPatient', { patient })}</span>
      <span className={styles.left} role="timer">
        {t('clock.left', { span: span(left) })}
      </span>
      <button type="button" className={styles.end} onClick={onEnd}>
        {t('breakGlass.end')}
      </button>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.rest} style={{ transform: `scaleX(${share})` }} />
      </span>
    </div>
  );
}
