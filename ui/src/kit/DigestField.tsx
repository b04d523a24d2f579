import { FileProtectOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Code } from './Code';
import styles from './DigestField.module.css';

interface DigestFieldProps {
  /** The SM3 digest in hexadecimal; given by the form's item. */
  value?: string;
  onChange?: (digest: string | undefined) => void;
  label: string;
}

/** Takes the digest of a scan. The file itself never leaves this computer. */
export function DigestField({ value, onChange, label }: DigestFieldProps) {
  const { t } = useTranslation('kit');
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const take = async (file: File | undefined) => {
    if (!file) return;
    const [{ sm3 }, content] = await Promise.all([import('sm-crypto-v2'), file.arrayBuffer()]);
    setName(file.name);
    onChange?.(sm3(new Uint8Array(content)));
  };
  return (
    <div className={styles.field}>
      <Button icon={value ? <FileProtectOutlined /> : <UploadOutlined />} onClick={() => input.current?.click()} aria-label={`${label} ${name || t('digest.choose')}`}>
        <span className={styles.name}>{name || t('digest.choose')}</span>
      </Button>
      {value && <Code value={value} ends={6} />}
      <input ref={input} type="file" hidden aria-label={label} onChange={(event) => void take(event.target.files?.[0])} />
    </div>
  );
}
