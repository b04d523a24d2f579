import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from './classes';
import { Code } from './Code';
import styles from './Why.module.css';

export interface Condition {
  key: string;
  /** In the reader's language, e.g. “与患者有诊疗关系”. */
  name: string;
  met: boolean;
  detail?: string;
  /** What would make it met. */
  remedy?: string;
}

export type Way = 'stated-reason' | 'break-glass' | 'ask' | '';

/** What can be done about a refusal: the way that the rules leave open, and how to take it. */
export interface Ladder {
  way: Way;
  reasonHours: number;
  glassHours: number;
  approver: string;
  onReason: () => void;
  onBreakGlass: () => void;
  /** Absent where nothing can be applied for. */
  onAsk?: () => void;
}

export interface WhyProps {
  verdict: 'allowed' | 'refused';
  conditions: Condition[];
  rule?: string;
  ladder?: Ladder;
}

/** Explains a decision by its conditions, and shows the ways that are open. */
export function Why({ verdict, conditions, rule, ladder }: WhyProps) {
  const { t } = useTranslation('kit');
  return (
    <div className={styles.why}>
      <h2 className={styles.question}>{t(`why.${verdict}`)}</h2>
      <ul className={styles.conditions}>
        {conditions.map((condition) => (
          <ConditionLine key={condition.key} condition={condition} />
        ))}
      </ul>
      {rule && (
        <p className={styles.rule}>
          {t('why.rule')} <Code value={rule} />
        </p>
      )}
      {ladder && <LadderView ladder={ladder} />}
    </div>
  );
}

function ConditionLine({ condition: { name, met, detail, remedy } }: { condition: Condition }) {
  const { t } = useTranslation('kit');
  return (
    <li className={styles.condition}>
      <span className={met ? styles.met : styles.unmet}>
        {met ? <CheckCircleFilled /> : <CloseCircleFilled />}
        <span className={styles.verdict}>{t(met ? 'why.met' : 'why.unmet')}</span>
      </span>
      <div>
        <div className={styles.name}>{name}</div>
        {detail && <div className={styles.detail}>{detail}</div>}
        {!met && remedy && <div className={styles.remedy}>{remedy}</div>}
      </div>
    </li>
  );
}

function LadderView({ ladder }: { ladder: Ladder }) {
  const { t } = useTranslation('kit');
  const { way, reasonHours, glassHours, approver, onReason, onBreakGlass, onAsk } = ladder;
  if (way === '') return <p className={styles.detail}>{t('why.none')}</p>;
  const open = rungs.indexOf(way);
  const hint = (rung: number, text: string) => (rung < open ? t('why.notEnough') : rung > open ? t('why.notNeeded') : text);
  const askable = onAsk && (way === 'ask' || way === 'break-glass');
  return (
    <>
      <h2 className={styles.question}>{t('why.ladder')}</h2>
      <ol className={styles.ladder}>
        <Rung
          title={t('why.reason')}
          hint={hint(0, t('why.reasonHint', { hours: reasonHours }))}
          action={way === 'stated-reason' && <Button type="primary" onClick={onReason}>{t('why.reason')}</Button>}
        />
        <Rung
          title={t('why.breakGlass')}
          hint={hint(1, t('why.breakGlassHint', { hours: glassHours }))}
          action={way === 'break-glass' && <Button danger onClick={onBreakGlass}>{t('why.breakGlass')}</Button>}
        />
        <Rung
          title={t('why.ask')}
          hint={askable ? t('why.askHint', { approver }) : hint(2, t('why.askHint', { approver }))}
          action={askable && <Button type={way === 'ask' ? 'primary' : 'default'} onClick={onAsk}>{t('why.ask')}</Button>}
        />
      </ol>
    </>
  );
}

const rungs: Way[] = ['stated-reason', 'break-glass', 'ask'];

function Rung({ title, hint, action }: { title: string; hint: string; action: ReactNode }) {
  return (
    <li className={classes(styles.rung, !action && styles.closed)}>
      <div>
        <div className={styles.name}>{title}</div>
        <div className={styles.detail}>{hint}</div>
      </div>
      {action}
    </li>
  );
}
