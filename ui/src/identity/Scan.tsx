import { Button, Modal, QRCode } from 'antd';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/kit/Notice';
import styles from './Scan.module.css';
import { useScanState, type ScanKind, type ScanShown } from './use-scan';

interface ScanProps {
  kind: ScanKind;
  title: string;
  shown: ScanShown;
  /** Why what was signed was not taken, in the reader's language. */
  error: string | undefined;
  onSigned: (ceremony: string) => void;
  onAgain: () => void;
  onClose: () => void;
}

/** A code for the telephone or the camera, and the digits by which whoever stands there knows his own screen. */
export default function Scan({ kind, title, shown, error, onSigned, onAgain, onClose }: ScanProps) {
  const { t } = useTranslation('identity');
  const { state, error: unanswered } = useScanState(kind, shown, onSigned);
  const failed = error ?? unanswered ?? (state === 'declined' || state === 'over' ? t(`${kind}.${state}`) : undefined);
  return (
    <Modal open onCancel={onClose} footer={null} width={400} title={title} destroyOnHidden>
      <div className={styles.scan}>
        <p>{t(`${kind}.lead`)}</p>
        {failed ? (
          <Notice tone="error" action={<Button onClick={onAgain}>{t('scan.again')}</Button>}>
            {failed}
          </Notice>
        ) : (
          <>
            <div className={styles.picture} role="img" aria-label={t(`${kind}.picture`)}>
              <QRCode type="svg" value={shown.qr} size={208} color="#000" bgColor="#fff" errorLevel="M" />
            </div>
            <p className={styles.compare}>
              {t(`${kind}.digits`)} <strong className={styles.digits}>{shown.digits}</strong>
            </p>
            <p role="status" className={styles.state}>
              {t(state === 'signed' ? `${kind}.signed` : `${kind}.waiting`)}
            </p>
          </>
        )}
      </div>
    </Modal>
  );
}
