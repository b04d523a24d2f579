import { DisconnectOutlined, FieldTimeOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Connection } from './connection';
import styles from './ConnectionBar.module.css';

interface ConnectionBarProps {
  connection: Connection;
  onSignIn: () => void;
  onRetry: () => void;
}

/** Says that nothing can be sent now, and that what was written is still here. */
export function ConnectionBar({ connection, onSignIn, onRetry }: ConnectionBarProps) {
  const { t } = useTranslation();
  if (connection === 'online') return null;
  const expired = connection === 'expired';
  return (
    <div className={styles.bar} role="alert">
      {expired ? <FieldTimeOutlined /> : <DisconnectOutlined />}
      <strong>{t(`connection.${connection}`)}</strong>
      <span className={styles.kept}>{t(`connection.${connection}Kept`)}</span>
      <button type="button" onClick={expired ? onSignIn : onRetry}>
        {t(expired ? 'connection.signIn' : 'connection.retry')}
      </button>
    </div>
  );
}
