import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/kit/Notice';
import styles from './ChangePassword.module.css';
import { usePasskeyEnrolment } from './use-passkey';

interface EnrolPasskeyProps {
  onClose: () => void;
  /** With the recovery codes, which are shown once. */
  onEnrolled: (codes: string[]) => void;
}

/** Gives the reader a passkey: a name, and what the browser asks. */
export function EnrolPasskey({ onClose, onEnrolled }: EnrolPasskeyProps) {
  const { t } = useTranslation('identity');
  const [label, setLabel] = useState('');
  const { busy, error, enrol } = usePasskeyEnrolment(onEnrolled);
  return (
    <Modal open onCancel={onClose} footer={null} width={440} title={t('passkey.title')}>
      <p className={styles.lead}>{t('passkey.lead')}</p>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void enrol(label.trim());
        }}
      >
        {error && <Notice tone="error">{error}</Notice>}
        <div>
          <label htmlFor="passkey-label">{t('enrol.label')}</label>
          <Input id="passkey-label" autoFocus maxLength={40} placeholder={t('passkey.labelHint')} value={label} onChange={(event) => setLabel(event.target.value)} />
        </div>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('passkey.make')}
        </Button>
      </form>
    </Modal>
  );
}
