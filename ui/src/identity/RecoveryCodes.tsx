import { CopyOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/kit/Notice';
import styles from './RecoveryCodes.module.css';

/** Recovery codes, which are shown this once: to be copied or printed. */
export function RecoveryCodes({ codes, name, onClose }: { codes: string[]; name: string; onClose: () => void }) {
  const { t } = useTranslation('identity');
  const { t: k } = useTranslation('kit');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'));
    setCopied(true);
  };
  return (
    <Modal open mask={{ closable: false }} onCancel={onClose} footer={null} width={460} title={t('codes.title')} rootClassName="codes-sheet">
      <Notice tone="warning">{t('codes.once', { name })}</Notice>
      <ol className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className={styles.acts}>
        <Button icon={<CopyOutlined />} onClick={() => void copy()}>
          {copied ? k('copied') : t('codes.copy')}
        </Button>
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('codes.print')}
        </Button>
        <Button type="primary" onClick={onClose}>
          {t('accounts.noted')}
        </Button>
      </div>
    </Modal>
  );
}
