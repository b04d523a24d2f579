import { Button, Checkbox, Input, Modal, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Label } from '@/app/session';
import { Notice } from '@/kit/Notice';
import { useText } from '@/language/text';
import styles from './AskDialog.module.css';
import { parts, type Part } from './grant';

export interface Application {
  parts: Part[];
  purpose: string;
  days: number;
  words: string;
  urgent: boolean;
  exception: boolean;
}

export interface AskDialogProps {
  /** Whom or what is asked for, as far as the reader may know. */
  what: string;
  purposes: Label[];
  /** The purpose of the session, chosen at first. */
  purpose: string;
  /** How many days a grant lasts at most, by purpose. */
  longest: Record<string, number>;
  busy: boolean;
  error?: string | undefined;
  onAsk: (application: Application) => void;
  onClose: () => void;
}

const lengths = [1, 3, 7, 30, 90, 180];
const usualLength = 7;
const shortestWords = 4;
const phrases = ['consult', 'handover', 'followUp', 'quality', 'complaint', 'teaching'] as const;

/** Asks others for access. Everything but the reason is chosen beforehand: a phrase and a click are enough. */
export default function AskDialog({ what, purposes, purpose: usual, longest, busy, error, onAsk, onClose }: AskDialogProps) {
  const { t } = useTranslation('access');
  const text = useText();
  const [chosen, setChosen] = useState<Part[]>(['read']);
  const [purpose, setPurpose] = useState(usual);
  const [days, setDays] = useState(usualLength);
  const [words, setWords] = useState('');
  const [urgent, setUrgent] = useState(false);
  const [exception, setException] = useState(false);
  const [tried, setTried] = useState(false);
  const short = words.trim().length < shortestWords;
  const most = longest[purpose] ?? usualLength;
  const submit = () => {
    setTried(true);
    if (!short && chosen.length > 0) onAsk({ parts: chosen, purpose, days: Math.min(days, most), words: words.trim(), urgent, exception });
  };
  return (
    <Modal
      open
      onCancel={onClose}
      width={600}
      title={t('ask.title', { what })}
      destroyOnHidden
      footer={
        <div className={styles.foot}>
          <Checkbox checked={urgent} onChange={(event) => setUrgent(event.target.checked)}>
            {t('ask.urgent')}
          </Checkbox>
          <Button onClick={onClose}>{t('ask.close')}</Button>
          <Button type="primary" loading={busy} onClick={submit}>
            {t('ask.submit')}
          </Button>
        </div>
      }
    >
      <div className={styles.form}>
        {error && <Notice tone="error">{error}</Notice>}
        <div className={styles.row}>
          <span>{t('ask.scope')}</span>
          <Checkbox.Group value={chosen} onChange={setChosen} options={(Object.keys(parts) as Part[]).map((value) => ({ value, label: t(`ask.parts.${value}`) }))} />
        </div>
        <div className={styles.row}>
          <span>{t('ask.purpose')}</span>
          <Select value={purpose} aria-label={t('ask.purpose')} onChange={setPurpose} options={purposes.map(({ id, name }) => ({ value: id, label: text(name) }))} />
        </div>
        <div className={styles.row}>
          <span>{t('ask.until')}</span>
          <div>
            <Segmented value={Math.min(days, most)} aria-label={t('ask.until')} onChange={setDays} options={lengths.filter((length) => length <= most).map((value) => ({ value, label: t('ask.days', { count: value }) }))} />
            <p className={styles.hint}>{t('ask.longest', { count: most })}</p>
          </div>
        </div>
        <div className={`${styles.row} ${styles.top}`}>
          <span>{t('ask.why')}</span>
          <div>
            <div className={styles.phrases}>
              {phrases.map((phrase) => (
                <Button key={phrase} size="small" onClick={() => setWords(t(`ask.phrases.${phrase}`))}>
                  {t(`ask.phrases.${phrase}`)}
                </Button>
              ))}
            </div>
            <Input.TextArea
              rows={2}
              maxLength={500}
              value={words}
              aria-label={t('ask.why')}
              placeholder={t('ask.whyHint')}
              status={tried && short ? 'error' : undefined}
              onChange={(event) => setWords(event.target.value)}
            />
            <Checkbox checked={exception} onChange={(event) => setException(event.target.checked)}>
              {t('ask.exception')}
            </Checkbox>
            <p className={styles.fault} role="alert">
              {tried && short && t('ask.tooShort')}
              {tried && chosen.length === 0 && t('ask.noPart')}
            </p>
          </div>
        </div>
      </div>
    </Modal>
  );
}
