import { LockFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useTerm } from '@/language/terms';
import styles from './Seal.module.css';

/** Says loudly, to those who may still look, that a patient is sealed. */
export function SealBanner({ kind, children }: { kind: 'attention' | 'dispute'; children?: ReactNode }) {
  const { t } = useTranslation('seal');
  const term = useTerm();
  return (
    <div className={styles.banner} role="alert">
      <LockFilled className={styles.icon} />
      <div>
        <strong>{term('seal', kind)}</strong>
        <div>{t(`banner.${kind}`)}</div>
      </div>
      {children}
    </div>
  );
}
