import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';
import { amissWith, type Source } from './source';
import styles from './Source.module.css';

/** In a word or two, how a source is doing. */
export function HealthOf({ source }: { source: Source }) {
  const { t } = useTranslation('source');
  const amiss = amissWith(source);
  if (!source.active) return <>–</>;
  if (amiss.length === 0) return <Pill tone="success">{t('health.well')}</Pill>;
  return (
    <span className={styles.pills}>
      {amiss.map((one) => (
        <Pill key={one} tone={one === 'silent' || one === 'adrift' ? 'error' : 'warning'}>
          {t(`health.${one}`)}
        </Pill>
      ))}
    </span>
  );
}
