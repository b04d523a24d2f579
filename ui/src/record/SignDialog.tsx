import { SafetyCertificateOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { DiffView, type Section } from '@/kit/diff/DiffView';
import { Notice } from '@/kit/Notice';
import { useTitles } from './titles';
import styles from './SignDialog.module.css';

export interface SignDialogProps {
  open: boolean;
  title: string;
  sections: Section[];
  /** What is corrected: then the difference is shown instead of the text. */
  before?: { version: number; sections: Section[]; reason: string };
  busy: boolean;
  error?: string;
  onSign: () => void;
  onClose: () => void;
}

/** Shows exactly what will be signed, or changed, before it is. */
export function SignDialog({ open, title, sections, before, busy, error, onSign, onClose }: SignDialogProps) {
  const { t } = useTranslation('record');
  const { glossed } = useTitles();
  return (
    <Modal
      open={open}
      onCancel={onClose}
      width={before ? 1040 : 760}
      title={t('sign.title', { title })}
      destroyOnHidden
      footer={
        <div className={styles.foot}>
          <span>{t('sign.note')}</span>
          <Button onClick={onClose}>{t('sign.back')}</Button>
          <Button type="primary" icon={<SafetyCertificateOutlined />} loading={busy} onClick={onSign} autoFocus>
            {t('sign.submit')}
          </Button>
        </div>
      }
    >
      {error && <Notice tone="error">{error}</Notice>}
      {before ? (
        <div className={styles.diff}>
          <p>{t('sign.reason', { reason: before.reason })}</p>
          <DiffView before={{ label: t('version', { version: before.version }), sections: before.sections.map(glossed) }} after={{ label: t('sign.new'), sections: sections.map(glossed) }} />
        </div>
      ) : (
        <div className={styles.text}>
          {sections
            .filter((section) => section.text.trim())
            .map(glossed)
            .map((section) => (
              <section key={section.key}>
                <h3>{section.title}</h3>
                <p>{section.text}</p>
              </section>
            ))}
        </div>
      )}
    </Modal>
  );
}
