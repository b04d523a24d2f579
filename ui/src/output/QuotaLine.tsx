import { useTranslation } from 'react-i18next';
import styles from './Output.module.css';
import type { Used } from './output';

/** How many patients may still be taken along by a profile. */
export function QuotaLine({ used }: { used: Used | undefined }) {
  const { t } = useTranslation('output');
  if (!used) return null;
  const { day, dayMost, month, monthMost } = used;
  const bounds = [dayMost > 0 && t('quota.day', { left: Math.max(0, dayMost - day), most: dayMost }), monthMost > 0 && t('quota.month', { left: Math.max(0, monthMost - month), most: monthMost })].filter(Boolean);
  return <p className={styles.hint}>{bounds.length > 0 ? bounds.join(' ') : t('quota.none', { count: day })}</p>;
}
