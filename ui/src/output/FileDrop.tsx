import { FileSearchOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '@/kit/classes';
import styles from './VerifyPage.module.css';

interface FileDropProps {
  busy: boolean;
  /** What the file is, where it is not what was issued. */
  lead?: string;
  /** How many bytes it may have. */
  most?: number;
  onFile: (file: File) => void;
}

const mib = 1024 * 1024;
const mostBytes = 16 * mib;

/** Takes a file that is dropped here or chosen, to be compared with what was issued. */
export function FileDrop({ busy, lead, most = mostBytes, onFile }: FileDropProps) {
  const { t } = useTranslation('output');
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [taken, setTaken] = useState<File>();
  const tooLarge = taken !== undefined && taken.size > most;
  const take = (file: File | undefined) => {
    setTaken(file);
    if (file && file.size <= most) onFile(file);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <div
      className={classes(styles.drop, over && styles.over)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <p>{lead ?? t('verify.drop')}</p>
      <Button icon={<FileSearchOutlined />} loading={busy} onClick={() => input.current?.click()}>
        {t('verify.choose')}
      </Button>
      {taken && <p className={styles.taken}>{taken.name}</p>}
      {tooLarge && <p role="alert">{t('verify.tooLarge', { n: most / mib })}</p>}
      <input ref={input} type="file" hidden aria-label={t('verify.choose')} onChange={(event) => take(event.target.files?.[0])} />
    </div>
  );
}
