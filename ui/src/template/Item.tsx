import type { ReactNode } from 'react';
import { useText } from '@/language/text';
import type { Defect } from './template';
import styles from './Template.module.css';

interface ItemProps {
  id: string;
  label: string;
  defect?: Defect | undefined;
  hint?: string;
  children: ReactNode;
}

/** One property with its name, and what is wrong with it. */
export function Item({ id, label, defect, hint, children }: ItemProps) {
  const say = useText();
  return (
    <div className={styles.item}>
      <label htmlFor={id}>{label}</label>
      <div>
        {children}
        {hint && <p className={styles.hint}>{hint}</p>}
        {defect && (
          <p className={styles.wrong} role="status">
            {say(defect.says)}
          </p>
        )}
      </div>
    </div>
  );
}
