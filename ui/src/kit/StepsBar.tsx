import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from './classes';
import styles from './StepsBar.module.css';

export interface Step {
  key: string;
  title: string;
  state: 'done' | 'current' | 'waiting' | 'failed';
  note?: ReactNode;
}

/** Where something stands on its way, left to right. */
export function StepsBar({ steps, label }: { steps: Step[]; label: string }) {
  const { t } = useTranslation('kit');
  return (
    <ol className={styles.bar} aria-label={label}>
      {steps.map((step, index) => (
        <li key={step.key} className={classes(styles.step, styles[step.state])} aria-current={step.state === 'current' ? 'step' : undefined}>
          <span className={styles.dot} aria-hidden="true">
            {step.state === 'done' ? <CheckOutlined /> : step.state === 'failed' ? <CloseOutlined /> : index + 1}
          </span>
          <span className={styles.words}>
            <span className={styles.title}>{step.title}</span>
            <span className={styles.note}>{step.note ?? t(`steps.${step.state}`)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
