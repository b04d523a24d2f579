import { AlertFilled } from '@ant-design/icons';
import { Button, Checkbox, Input, Modal, Radio, Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './BreakGlassDialog.module.css';
import type { Choice } from './ReasonDialog';

export interface BreakGlass {
  choice: string;
  words: string;
  hours: number;
}

export interface BreakGlassDialogProps {
  open: boolean;
  patient: { name: string; recordNumber: string; department?: string };
  choices: Choice[];
  /** The lengths that may be chosen, and the one chosen at first. */
  hours: number[];
  usualHours: number;
  busy?: boolean;
  error?: string;
  onBreak: (breakGlass: BreakGlass) => void;
  onClose: () => void;
}

const shortestWords = 4;
const consequences = ['notify', 'review', 'ends', 'noOutput'] as const;

/** Loud on purpose: it must be quick in an emergency and uncomfortable without one. */
export function BreakGlassDialog({ open, patient, choices, hours, usualHours, busy, error, onBreak, onClose }: BreakGlassDialogProps) {
  const { t } = useTranslation('kit');
  const [choice, setChoice] = useState<string>();
  const [words, setWords] = useState('');
  const [length, setLength] = useState(usualHours);
  const [understood, setUnderstood] = useState(false);
  const [tried, setTried] = useState(false);

  const faults = {
    reason: choice === undefined && t('breakGlass.reasonMissing'),
    words: words.trim().length < shortestWords && t('breakGlass.detailMissing'),
    understand: !understood && t('breakGlass.understandMissing'),
  };
  const submit = () => {
    setTried(true);
    if (choice === undefined || faults.words || faults.understand) return;
    onBreak({ choice, words: words.trim(), hours: length });
  };

  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      width={600}
      classNames={{ container: styles.dialog, header: styles.header }}
      title={<Head patient={patient} />}
      destroyOnHidden
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Question label={t('breakGlass.reasonLabel')} fault={tried && faults.reason}>
          <Radio.Group className={styles.emergencies} value={choice} onChange={(event) => setChoice(event.target.value as string)}>
            {choices.map(({ id, name }) => (
              <Radio key={id} value={id}>
                {name}
              </Radio>
            ))}
          </Radio.Group>
        </Question>
        <Question label={t('breakGlass.detailLabel')} fault={tried && faults.words}>
          <Input.TextArea
            rows={2}
            maxLength={500}
            value={words}
            aria-label={t('breakGlass.detailLabel')}
            placeholder={t('breakGlass.detailHint')}
            status={tried && faults.words ? 'error' : undefined}
            onChange={(event) => setWords(event.target.value)}
          />
        </Question>
        <Question label={t('breakGlass.hours')}>
          <Segmented
            value={length}
            aria-label={t('breakGlass.hours')}
            options={hours.map((count) => ({ value: count, label: t('breakGlass.hoursOption', { count }) }))}
            onChange={setLength}
          />
        </Question>
        <ul className={styles.consequences}>
          {consequences.map((consequence) => (
            <li key={consequence}>{t(`breakGlass.consequences.${consequence}`)}</li>
          ))}
        </ul>
        <div>
          <Checkbox checked={understood} onChange={(event) => setUnderstood(event.target.checked)}>
            {t('breakGlass.understand')}
          </Checkbox>
          <Fault text={tried && faults.understand} />
        </div>
        <Fault text={error} />
        <footer className={styles.foot}>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button color="danger" variant="solid" htmlType="submit" loading={busy} className={styles.submit}>
            {t('breakGlass.submit')}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}

function Head({ patient }: Pick<BreakGlassDialogProps, 'patient'>) {
  const { t } = useTranslation('kit');
  return (
    <span className={styles.head}>
      <AlertFilled className={styles.alarm} />
      <span>
        <span className={styles.title}>{t('breakGlass.title')}</span>
        <span className={styles.lead}>
          {t('breakGlass.lead')} <strong>{patient.name}</strong>
          <span className={styles.number}>{patient.recordNumber}</span>
          {patient.department}
        </span>
      </span>
    </span>
  );
}

function Question({ label, fault, children }: { label: string; fault?: string | false; children: ReactNode }) {
  return (
    <fieldset className={styles.question}>
      <legend>{label}</legend>
      {children}
      <Fault text={fault} />
    </fieldset>
  );
}

function Fault({ text }: { text: string | false | undefined }) {
  return text ? (
    <p className={styles.fault} role="alert">
      {text}
    </p>
  ) : null;
}
