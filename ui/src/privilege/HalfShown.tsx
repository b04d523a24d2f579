import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './Privilege.module.css';

export interface ShownHalf {
  part: number;
  secret: string;
}

/** Shows the reader's half of a credential, which nobody can show again. */
export default function HalfShown({ half, onClose }: { half: ShownHalf; onClose: () => void }) {
  const { t } = useTranslation('privilege');
  return (
    <Modal open closable={false} mask={{ closable: false }} keyboard={false} width={440} title={t(`envelopes.part.${half.part as 1 | 2}`)} footer={<Button type="primary" onClick={onClose}>{t('envelopes.typed')}</Button>}>
      <p className={styles.note}>{t('envelopes.shownOnce')}</p>
      <p className={styles.half}>{half.secret}</p>
    </Modal>
  );
}
