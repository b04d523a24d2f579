import { Button, Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field, Finding, Text } from '@/kit/form/definition';
import { classes } from '@/kit/classes';
import { useText } from '@/language/text';
import { AnswerInput } from './AnswerInput';
import styles from './Form.module.css';

interface FieldItemProps {
  field: Field;
  path: string;
  answer: unknown;
  /** What is held against the answer; empty until the field was left once. */
  findings: Finding[];
  saysOf: (rule: string) => Text | undefined;
  reason: string | undefined;
  /** What the record already says, offered to be taken over. */
  known: unknown;
  onAnswer: (answer: unknown) => void;
  onReason: (reason: string | undefined) => void;
  onLeave: () => void;
}

/** One question with its help, its answer, and what is wrong with it. */
export function FieldItem({ field, path, answer, findings, saysOf, reason, known, onAnswer, onReason, onLeave }: FieldItemProps) {
  const { t } = useTranslation('form');
  const say = useText();
  const id = useId();
  const empty = answer === undefined || answer === null || answer === '';
  const blocked = findings.some((finding) => finding.level === 'block');
  const describedBy = [field.help && `${id}-help`, findings.length > 0 && `${id}-found`].filter(Boolean).join(' ') || undefined;
  return (
    <div className={styles.item} data-path={path}>
      <label htmlFor={id} className={styles.label}>
        {say(field.title)}
        {field.need === 'mandatory' && (
          <span className={styles.needed} title={t('needed')}>
            <span aria-hidden="true">*</span>
            <span className={styles.unseen}>{t('needed')}</span>
          </span>
        )}
      </label>
      <div className={styles.answer}>
        {field.computed ? (
          <output id={id} className={styles.computed} title={t('computed')}>
            {empty ? t('computedLater') : [shown(answer), field.unit].filter(Boolean).join(' ')}
          </output>
        ) : (
          <AnswerInput id={id} field={field} answer={answer} describedBy={describedBy} invalid={blocked} onAnswer={onAnswer} onLeave={onLeave} />
        )}
        {field.help && (
          <p id={`${id}-help`} className={styles.help}>
            {say(field.help)}
          </p>
        )}
        {empty && known !== undefined && known !== null && (
          <Button size="small" type="link" className={styles.known ?? ''} onClick={() => onAnswer(known)}>
            {t('take', { value: shown(known) })}
          </Button>
        )}
        {empty && field.need === 'recommended' && !field.computed && (
          <Input size="small" aria-label={t('reasonOf', { field: say(field.title) })} placeholder={t('reason')} value={reason ?? ''} onBlur={onLeave} onChange={(event) => onReason(event.target.value || undefined)} />
        )}
        {findings.length > 0 && (
          <ul id={`${id}-found`} className={styles.findings} aria-live="polite">
            {findings.map((finding) => (
              <li key={finding.code + (finding.rule ?? '')} className={classes(finding.level === 'block' ? styles.blocks : styles.warns)}>
                {finding.code === 'rule' ? say(saysOf(finding.rule)) : t(`found.${finding.code}`, limits(field))}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

const shown = (answer: unknown): string => (typeof answer === 'string' ? answer : JSON.stringify(answer));

/** What the words of a finding may name. */
const limits = (field: Field) => ({
  from: field.possible?.from ?? '…',
  to: field.possible?.to ?? '…',
  usualFrom: field.usual?.from ?? '…',
  usualTo: field.usual?.to ?? '…',
  unit: field.unit ?? '',
  longest: field.longest ?? (field.kind === 'prose' ? 20000 : 200),
});
