import { SafetyCertificateOutlined } from '@ant-design/icons';
import { Button, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/kit/Notice';
import { useText } from '@/language/text';
import type { Undertaking } from './promise';
import styles from './UndertakingDialog.module.css';

export interface UndertakingDialogProps {
  undertaking: Undertaking;
  busy?: boolean;
  error?: string | undefined;
  /** Absent where there is nothing to sign. */
  onSign?: (() => void) | undefined;
  onClose: () => void;
}

/** The text of an undertaking, and where one signs it. */
export function UndertakingDialog({ undertaking, busy, error, onSign, onClose }: UndertakingDialogProps) {
  const { t } = useTranslation('staff');
  const text = useText();
  const [read, setRead] = useState(false);
  return (
    <Modal
      open
      onCancel={onClose}
      width={720}
      title={text(undertaking.title)}
      footer={
        <div className={styles.foot}>
          <span className={styles.note}>{t('undertakings.counts', { days: undertaking.periodDays })}</span>
          <Button onClick={onClose}>{t('undertakings.close')}</Button>
          {onSign && (
            <Button type="primary" icon={<SafetyCertificateOutlined />} disabled={!read} loading={busy} onClick={onSign}>
              {t('undertakings.sign')}
            </Button>
          )}
        </div>
      }
    >
      {error && <Notice tone="error">{error}</Notice>}
      <div className={styles.paper} tabIndex={0} role="document" aria-label={text(undertaking.title)}>
        {text(undertaking.text)}
      </div>
      {onSign && (
        <Checkbox checked={read} onChange={(event) => setRead(event.target.checked)}>
          {t('undertakings.haveRead')}
        </Checkbox>
      )}
    </Modal>
  );
}
