import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './Source.module.css';

/** Shows a secret that nobody can show again. */
export default function SecretShown({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation('source');
  return (
    <Modal open closable={false} mask={{ closable: false }} keyboard={false} width={560} title={t('keys.shown')} footer={<Button type="primary" onClick={onClose}>{t('keys.kept')}</Button>}>
      <p className={styles.note}>{t('keys.shownOnce')}</p>
      <p className={styles.secret}>{secret}</p>
    </Modal>
  );
}
