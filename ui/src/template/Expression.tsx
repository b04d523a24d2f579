import { useTranslation } from 'react-i18next';
import { GrowingText } from '@/kit/GrowingText';
import { useText } from '@/language/text';
import type { Defect } from './template';
import styles from './Template.module.css';

interface ExpressionProps {
  id: string;
  value: string;
  placeholder?: string;
  defect: Defect | undefined;
  onChange: (value: string) => void;
}

/** A condition, a rule or a computation. Where the server finds it wrong, the column is marked below it. */
export function Expression({ id, value, placeholder, defect, onChange }: ExpressionProps) {
  const { t } = useTranslation('template');
  const say = useText();
  return (
    <div>
      <GrowingText
        id={id}
        least={1}
        most={6}
        className={styles.code ?? ''}
        value={value}
        placeholder={placeholder ?? ''}
        spellCheck={false}
        aria-invalid={defect !== undefined}
        aria-describedby={defect ? `${id}-wrong` : undefined}
        status={defect ? 'error' : ''}
        onChange={(event) => onChange(event.target.value)}
      />
      {defect && (
        <div id={`${id}-wrong`} className={styles.wrong} role="status">
          {defect.column && value.length > 0 && (
            <code className={styles.mark} aria-label={t('column', { n: defect.column })}>
              {value.slice(0, defect.column - 1)}
              <mark>{value.slice(defect.column - 1) || '␣'}</mark>
            </code>
          )}
          {say(defect.says)}
        </div>
      )}
    </div>
  );
}
