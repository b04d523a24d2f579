import { CheckOutlined, CloudSyncOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { classes } from '@/kit/classes';
import { formatHour, type Instant } from '@/language/time';
import styles from './SaveState.module.css';

export type Saving =
  | { state: 'clean' }
  | { state: 'saved'; at: Instant }
  | { state: 'saving' }
  | { state: 'unsaved'; why: 'typing' | 'offline' | 'expired' | 'conflict' | 'failed' };

/** Whether what was written is kept on the server, always in sight. */
export function SaveState({ saving }: { saving: Saving }) {
  const { t } = useTranslation('record');
  switch (saving.state) {
    case 'clean':
      return <span className={styles.state}>{t('save.clean')}</span>;
    case 'saved':
      return (
        <span className={styles.state} role="status">
          <CheckOutlined className={styles.good} /> {t('save.saved', { at: formatHour(saving.at) })}
        </span>
      );
    case 'saving':
      return (
        <span className={styles.state} role="status">
          <CloudSyncOutlined /> {t('save.saving')}
        </span>
      );
    case 'unsaved':
      return (
        <span className={classes(styles.state, saving.why !== 'typing' && styles.bad)} role="status">
          <ExclamationCircleOutlined /> {t(`save.${saving.why}`)}
        </span>
      );
  }
}
