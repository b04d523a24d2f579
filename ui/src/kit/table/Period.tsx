import { useTranslation } from 'react-i18next';
import styles from './DataTable.module.css';

interface PeriodProps {
  label: string;
  from: string | undefined;
  to: string | undefined;
  onFrom: (day: string) => void;
  onTo: (day: string) => void;
}

/** Two days, inclusive, as YYYY-MM-DD. */
export function Period({ label, from, to, onFrom, onTo }: PeriodProps) {
  const { t } = useTranslation('kit');
  return (
    <fieldset className={styles.period}>
      <legend className={styles.hidden}>{label}</legend>
      <input type="date" aria-label={t('table.from')} value={from ?? ''} max={to} onChange={(event) => onFrom(event.target.value)} />
      <span aria-hidden="true">–</span>
      <input type="date" aria-label={t('table.to')} value={to ?? ''} min={from} onChange={(event) => onTo(event.target.value)} />
    </fieldset>
  );
}
