import { useTranslation } from 'react-i18next';
import { classes } from '@/kit/classes';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import { formatMinute } from '@/language/time';
import type { Departments } from '@/staff/departments';
import styles from './History.module.css';
import type { Detail } from './task';
import type duty from './words.zh.json';

const grave = new Set(['overdue', 'escalated', 'missed', 'extension-denied', 'returned']);
const good = new Set(['done', 'extension-granted']);

/** What happened to a task, the newest first. */
export function History({ task, departments }: { task: Detail; departments: Departments }) {
  const { t } = useTranslation('duty');
  const text = useText();
  const term = useTerm();
  const nameOf = (id: string) => (id in task.names ? text(task.names[id]) : term('role', id));
  return (
    <ol className={styles.history}>
      {[...(task.steps ?? [])].reverse().map((step, index) => {
        const to = [step.person && step.person !== step.actor && nameOf(step.person), step.department && step.kind === 'opened' && text(departments[step.department])].filter(Boolean).join(' · ');
        return (
          <li key={index} className={classes(styles.step, grave.has(step.kind) && styles.grave, good.has(step.kind) && styles.good)}>
            <div className={styles.what}>
              <strong>{t(`steps.${step.kind as keyof (typeof duty)['steps']}`, { defaultValue: step.kind })}</strong>
              <span>{nameOf(step.actor)}</span>
              {to && <span>{t('stepTo', { who: to })}</span>}
              <When at={step.at} />
            </div>
            {step.deadline && <div className={styles.more}>{t('stepDeadline', { at: formatMinute(step.deadline) })}</div>}
            {step.words && <p className={styles.words}>{step.words}</p>}
            {step.proof && <div className={styles.more}>{t('proof', { proof: step.proof })}</div>}
          </li>
        );
      })}
    </ol>
  );
}
