import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';
import type { Tone } from '@/kit/tone';
import { useText } from '@/language/text';
import styles from './FindingList.module.css';
import type { Finding, Severity } from './report';

const tones: Record<Severity, Tone> = { warning: 'warning', error: 'error', fatal: 'error' };

/** What is wrong, where exactly, by which rule, and what would be right. */
export function FindingList({ findings, more = 0 }: { findings: Finding[]; more?: number }) {
  const { t } = useTranslation('intake');
  const text = useText();
  return (
    <ul className={styles.list}>
      {findings.map((finding, index) => (
        <li key={index}>
          <div className={styles.head}>
            <Pill tone={tones[finding.severity]}>{t(`severity.${finding.severity}`)}</Pill>
            <code>{[finding.where, finding.element].filter(Boolean).join(' · ') || t('finding.whole')}</code>
            <code className={styles.rule}>{finding.rule}</code>
          </div>
          <p>{text(finding.say)}</p>
          <p className={styles.remedy}>{text(finding.remedy)}</p>
        </li>
      ))}
      {more > 0 && <li className={styles.remedy}>{t('finding.more', { count: more })}</li>}
    </ul>
  );
}
