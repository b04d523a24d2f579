import { Button, Input, Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MomentInput } from '@/kit/MomentInput';
import { Notice } from '@/kit/Notice';
import { PersonSearch } from './PersonSearch';
import { missing, wordsOf, type Said } from './said';
import { offered, type Detail, type Verb } from './task';
import styles from './TaskActions.module.css';

export interface TaskActionsProps {
  task: Detail;
  busy: boolean;
  error: string | undefined;
  onAct: (verb: Verb, said: Said) => void;
}

/** What the server offers to do with a task; what needs words asks for them in place. */
export function TaskActions({ task, busy, error, onAct }: TaskActionsProps) {
  const { t } = useTranslation('duty');
  const [chosen, setChosen] = useState<Verb>();
  const verbs = offered(task.actions);
  if (verbs.length === 0) return <p className={styles.none}>{t('actions.none')}</p>;
  const asks = (verb: Verb) => wordsOf[verb] !== undefined;
  return (
    <div className={styles.actions}>
      {error && <Notice tone="error">{error}</Notice>}
      {chosen && verbs.includes(chosen) ? (
        <ActionForm key={chosen} verb={chosen} task={task} busy={busy} onAct={onAct} onCancel={() => setChosen(undefined)} />
      ) : (
        <div className={styles.buttons} role="group" aria-label={t('actions.label')}>
          {verbs.map((verb, index) => (
            <Button
              key={verb}
              type={index === 0 ? 'primary' : 'default'}
              danger={verb === 'cancel'}
              loading={busy && !asks(verb)}
              onClick={() => (asks(verb) ? setChosen(verb) : onAct(verb, {}))}
            >
              {t(`verbs.${verb}`)}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

interface ActionFormProps {
  verb: Verb;
  task: Detail;
  busy: boolean;
  onAct: (verb: Verb, said: Said) => void;
  onCancel: () => void;
}

function ActionForm({ verb, task, busy, onAct, onCancel }: ActionFormProps) {
  const { t } = useTranslation('duty');
  const [said, setSaid] = useState<Said>(verb === 'grant-extension' ? { grant: true, ...(task.asked && { until: task.asked }) } : {});
  const [tried, setTried] = useState(false);
  const lacks = missing(verb, said);
  const put = (more: Said) => setSaid((before) => ({ ...before, ...more }));
  const wordsLabel = verb === 'done' ? 'actions.reply' : wordsOf[verb] === 'must' ? 'actions.reason' : 'actions.note';
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (lacks.length === 0) onAct(verb, said);
      }}
    >
      {verb === 'delegate' && (
        <Field id="duty-person" label={t('actions.person')} fault={tried && lacks.includes('person') && t('actions.personMust')}>
          <PersonSearch id="duty-person" {...(said.person && { value: said.person })} department={task.to.department} onChange={(person) => put({ person })} />
        </Field>
      )}
      {verb === 'grant-extension' && (
        <Radio.Group aria-label={t('actions.answer')} value={said.grant} onChange={(event) => put({ grant: Boolean(event.target.value) })}>
          <Radio value={true}>{t('actions.grant')}</Radio>
          <Radio value={false}>{t('actions.deny')}</Radio>
        </Radio.Group>
      )}
      {(verb === 'ask-extension' || said.grant) && (
        <Field id="duty-until" label={t('actions.until')} fault={tried && lacks.includes('until') && t('actions.untilMust')}>
          <MomentInput id="duty-until" value={said.until} min={task.deadline} onChange={(until) => put({ until })} />
        </Field>
      )}
      <Field id="duty-words" label={t(wordsLabel)} fault={tried && lacks.includes('words') && t('actions.wordsMust')}>
        <Input.TextArea id="duty-words" autoFocus rows={4} maxLength={2000} value={said.words ?? ''} onChange={(event) => put({ words: event.target.value })} />
      </Field>
      <div className={styles.buttons}>
        <Button type="primary" htmlType="submit" danger={verb === 'cancel'} loading={busy}>
          {t('actions.submit', { action: t(`verbs.${verb}`) })}
        </Button>
        <Button onClick={onCancel}>{t('actions.cancel')}</Button>
      </div>
    </form>
  );
}

function Field({ id, label, fault, children }: { id: string; label: string; fault: string | false; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children}
      {fault && (
        <span className={styles.fault} role="alert">
          {fault}
        </span>
      )}
    </div>
  );
}
