import { useTranslation } from 'react-i18next';
import { useText } from '@/language/text';
import type { Defect } from './template';
import styles from './Template.module.css';

/** Everything that keeps the version from being submitted; each leads to its place. */
export function Problems({ defects, onGo }: { defects: Defect[]; onGo: (path: string) => void }) {
  const { t } = useTranslation('template');
  const say = useText();
  if (defects.length === 0) return <p className={styles.hint}>{t('problems.none')}</p>;
  return (
    <ul className={styles.problems}>
      {defects.map((defect) => (
        <li key={defect.path + defect.says.en}>
          <button type="button" onClick={() => onGo(defect.path)}>
            <code>{defect.path}</code>
            <span>{say(defect.says)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
