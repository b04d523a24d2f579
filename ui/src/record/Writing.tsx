import { CheckCircleFilled, ExclamationCircleFilled, MinusCircleOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '@/app/shortcuts';
import { useRow, useText } from '@/language/text';
import { GrowingText } from '@/kit/GrowingText';
import { Notice } from '@/kit/Notice';
import { fillOf, missing, type WritingSection } from './completeness';
import { SaveState, type Saving } from './SaveState';
import { SignDialog } from './SignDialog';
import { useTitles } from './titles';
import styles from './Writing.module.css';

/** What is corrected, and why. */
export interface Correction {
  version: number;
  sections: { key: string; title: string; text: string }[];
  reason: string;
  onReason: (reason: string) => void;
}

export interface WritingProps {
  banner: ReactNode;
  title: string;
  sections: WritingSection[];
  onWrite: (key: string, text: string) => void;
  saving: Saving;
  /** Present when an existing document is corrected. */
  correction?: Correction;
  /** Earlier documents and results, to look at while writing. */
  history: ReactNode;
  /** Said before anything is written. */
  prompt?: ReactNode;
  busy?: boolean;
  /** Why it was not accepted, in the reader's language. */
  error?: string;
  onSign: () => void;
  onFile: () => void;
  onLeave: () => void;
}

/**
 * Sections at the left, the text in the middle, what was before at the right.
 * Text lives with the page that owns this component: a lost connection or an
 * ended session changes `saving` and nothing else.
 */
export function Writing(props: WritingProps) {
  const { banner, title, sections, onWrite, saving, correction, history, prompt, busy, error, onSign, onFile, onLeave } = props;
  const { t } = useTranslation('record');
  const titles = useTitles();
  const row = useRow();
  const [signing, setSigning] = useState(false);
  const [tried, setTried] = useState(false);
  const lacking = missing(sections);
  const reasonMissing = correction !== undefined && correction.reason.trim().length < 4;
  useGuard(saving);
  const ready = () => {
    setTried(true);
    return lacking.length === 0 && !reasonMissing;
  };
  useShortcuts([{ keys: 'mod+Enter', says: t('write.sign'), run: () => ready() && setSigning(true) }]);

  return (
    <div className={styles.page}>
      {banner}
      <header className={styles.toolbar}>
        <h2>{correction ? t('write.correcting', { title, version: correction.version }) : title}</h2>
        <SaveState saving={saving} />
        <div className={styles.actions}>
          <Button onClick={onLeave}>{t('write.leave')}</Button>
          <Button onClick={() => ready() && onFile()} loading={busy}>
            {t('write.file')}
          </Button>
          <Button type="primary" icon={<SafetyCertificateOutlined />} onClick={() => ready() && setSigning(true)}>
            {t('write.sign')}
          </Button>
        </div>
      </header>
      <div className={styles.columns}>
        <Outline sections={sections} lacking={lacking.length} />
        <div className={styles.form}>
          {error && <Notice tone="error">{error}</Notice>}
          {prompt}
          {tried && lacking.length > 0 && <Notice tone="warning">{t('write.lacking', { titles: row(lacking.map((section) => titles.ofSection(section.title))) })}</Notice>}
          {correction && (
            <div className={styles.section}>
              <label htmlFor="correction-reason">
                {t('write.reason')}
                <span className={styles.required}>*</span>
              </label>
              <Input
                id="correction-reason"
                value={correction.reason}
                maxLength={500}
                placeholder={t('write.reasonHint')}
                status={tried && reasonMissing ? 'error' : undefined}
                onChange={(event) => correction.onReason(event.target.value)}
              />
              {tried && reasonMissing && <p className={styles.fault}>{t('write.reasonMissing')}</p>}
            </div>
          )}
          {sections.map((section) => (
            <SectionField key={section.key} section={section} tried={tried} onWrite={onWrite} />
          ))}
        </div>
        <aside className={styles.history} aria-label={t('write.history')}>
          {history}
        </aside>
      </div>
      <SignDialog
        open={signing}
        title={title}
        sections={sections}
        {...(correction && { before: correction })}
        busy={busy ?? false}
        {...(error && { error })}
        onSign={onSign}
        onClose={() => setSigning(false)}
      />
    </div>
  );
}

function Outline({ sections, lacking }: { sections: WritingSection[]; lacking: number }) {
  const { t } = useTranslation('record');
  const titles = useTitles();
  const required = sections.filter((section) => section.required).length;
  const icons = {
    full: <CheckCircleFilled className={styles.full} />,
    short: <ExclamationCircleFilled className={styles.short} />,
    empty: <MinusCircleOutlined className={styles.empty} />,
  };
  return (
    <nav className={styles.outline} aria-label={t('write.sections')}>
      <p className={styles.progress}>{t('write.progress', { done: required - lacking, required })}</p>
      <ul>
        {sections.map((section) => (
          <li key={section.key}>
            <a href={`#section-${section.key}`} onClick={(event) => focusSection(event, section.key)}>
              {icons[fillOf(section)]}
              <span>
                {titles.ofSection(section.title)}
                {section.required && <span className={styles.required}>*</span>}
              </span>
              <FillWord section={section} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function FillWord({ section }: { section: WritingSection }) {
  const { t } = useTranslation('record');
  const fill = fillOf(section);
  return fill === 'full' ? null : <span className={styles.fill}>{t(`write.fill.${fill}`)}</span>;
}

function focusSection(event: React.MouseEvent, key: string): void {
  event.preventDefault();
  const field = document.getElementById(`section-${key}`);
  field?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}

interface SectionFieldProps {
  section: WritingSection;
  tried: boolean;
  onWrite: (key: string, text: string) => void;
}

function SectionField({ section, tried, onWrite }: SectionFieldProps) {
  const { t } = useTranslation('record');
  const titles = useTitles();
  const inWords = useText();
  const { key, title, text, required, hint, warning } = section;
  const lacking = tried && required && fillOf(section) !== 'full';
  return (
    <div className={styles.section}>
      <label htmlFor={`section-${key}`}>
        {titles.ofSection(title)}
        {required && <span className={styles.required}>*</span>}
      </label>
      <GrowingText
        id={`section-${key}`}
        className={styles.text}
        least={2}
        most={18}
        value={text}
        placeholder={inWords(hint)}
        status={lacking ? 'error' : warning ? 'warning' : undefined}
        aria-invalid={lacking}
        aria-describedby={warning ? `warning-${key}` : undefined}
        onChange={(event) => onWrite(key, event.target.value)}
      />
      {lacking && <p className={styles.fault}>{t('write.fill.required')}</p>}
      {warning && (
        <p id={`warning-${key}`} className={styles.warning} role="status">
          <ExclamationCircleFilled /> {warning}
        </p>
      )}
    </div>
  );
}

/** Asks before the window is closed while something is not yet on the server. */
function useGuard(saving: Saving): void {
  const open = saving.state === 'saving' || saving.state === 'unsaved';
  useEffect(() => {
    if (!open) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', hold);
    return () => window.removeEventListener('beforeunload', hold);
  }, [open]);
}
