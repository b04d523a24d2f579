import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from './classes';
import styles from './ReasonDialog.module.css';

/** One of the reasons that the server offers. */
export interface Choice {
  id: string;
  name: string;
  /** It must be explained in words. */
  needsWords?: boolean;
}

export interface StatedReason {
  choice: string;
  words: string;
}

export interface ReasonDialogProps {
  open: boolean;
  patient: string;
  hours: number;
  choices: Choice[];
  busy?: boolean;
  /** Why the server did not accept it, in the reader's language. */
  error?: string;
  onState: (reason: StatedReason) => void;
  onClose: () => void;
}

const shortestWords = 4;

/** One click states a reason; only a choice that needs them asks for words. */
export function ReasonDialog({ open, patient, hours, choices, busy, error, onState, onClose }: ReasonDialogProps) {
  const { t } = useTranslation('kit');
  const [writing, setWriting] = useState<string>();
  const [words, setWords] = useState('');
  const [tried, setTried] = useState(false);
  const missing = words.trim().length < shortestWords;

  const choose = ({ id, needsWords }: Choice) => {
    if (needsWords) setWriting(id);
    else onState({ choice: id, words: '' });
  };
  const submit = (choice: string) => {
    setTried(true);
    if (!missing) onState({ choice, words: words.trim() });
  };

  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('reason.title')} width={520} destroyOnHidden>
      <p className={styles.lead}>{t('reason.lead', { patient, hours })}</p>
      <div className={styles.choices}>
        {choices.map((choice) => (
          <button
            key={choice.id}
            type="button"
            className={classes(styles.choice, choice.id === writing && styles.chosen)}
            aria-pressed={choice.needsWords ? choice.id === writing : undefined}
            disabled={busy}
            onClick={() => choose(choice)}
          >
            {choice.name}
          </button>
        ))}
      </div>
      {writing && (
        <form
          className={styles.other}
          onSubmit={(event) => {
            event.preventDefault();
            submit(writing);
          }}
        >
          <label htmlFor="stated-reason">{t('reason.otherLabel')}</label>
          <Input.TextArea
            id="stated-reason"
            autoFocus
            rows={2}
            maxLength={500}
            value={words}
            placeholder={t('reason.otherHint')}
            status={tried && missing ? 'error' : undefined}
            aria-invalid={tried && missing}
            aria-describedby="stated-reason-fault"
            onChange={(event) => setWords(event.target.value)}
          />
          <div className={styles.submit}>
            <span id="stated-reason-fault" className={styles.fault} role="alert">
              {tried && missing ? t('reason.tooShort') : ''}
            </span>
            <Button type="primary" htmlType="submit" loading={busy}>
              {t('reason.submit')}
            </Button>
          </div>
        </form>
      )}
      {error && (
        <p className={styles.fault} role="alert">
          {error}
        </p>
      )}
      <p className={styles.note}>{t('reason.note')}</p>
    </Modal>
  );
}
