import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Code.module.css';

interface CodeProps {
  value: string;
  /** How many characters to show from each end; all when absent. */
  ends?: number;
  copyable?: boolean;
}

/** A record number, a digest or a key: monospaced, shortened in the middle, easily copied. */
export function Code({ value, ends, copyable }: CodeProps) {
  const shortened = ends !== undefined && value.length > ends * 2 + 1;
  return (
    <span className={styles.code} title={shortened ? value : undefined}>
      {shortened ? `${value.slice(0, ends)}…${value.slice(-ends)}` : value}
      {copyable && <Copy value={value} />}
    </span>
  );
}

function Copy({ value }: { value: string }) {
  const { t } = useTranslation('kit');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <button type="button" className={styles.copy} onClick={() => void copy()} aria-label={copied ? t('copied') : t('copy')}>
      {copied ? <CheckOutlined /> : <CopyOutlined />}
    </button>
  );
}
