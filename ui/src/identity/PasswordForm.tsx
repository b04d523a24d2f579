import { CheckCircleFilled, InfoCircleOutlined, MinusCircleOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/kit/Notice';
import styles from './ChangePassword.module.css';
import { demands, type PasswordRules } from './password-rules';

export interface PasswordFormProps {
  /** What is asked of a password; shown while it is typed, where it is known. */
  rules?: PasswordRules | undefined;
  /** Words that belong to the person and may not stand in it. */
  own?: string[];
  busy?: boolean | undefined;
  error?: string | undefined;
  onChange: (old: string, chosen: string) => void;
}

/** Changes one's own password; shows meanwhile what is still missing. */
export function PasswordForm({ rules, own = [], busy, error, onChange }: PasswordFormProps) {
  const { t } = useTranslation('identity');
  const [old, setOld] = useState('');
  const [chosen, setChosen] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const differs = chosen !== again;
  const fields = [
    { id: 'old', label: t('change.old'), value: old, set: setOld, complete: 'current-password' },
    { id: 'chosen', label: t('change.chosen'), value: chosen, set: setChosen, complete: 'new-password' },
    { id: 'again', label: t('change.again'), value: again, set: setAgain, complete: 'new-password' },
  ];
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (old && chosen && !differs) onChange(old, chosen);
      }}
    >
      {error && <Notice tone="error">{error}</Notice>}
      {fields.map(({ id, label, value, set, complete }) => (
        <div key={id}>
          <label htmlFor={`password-${id}`}>{label}</label>
          <Input.Password
            id={`password-${id}`}
            autoComplete={complete}
            value={value}
            {...(id === 'chosen' && rules && { 'aria-describedby': 'password-demands' })}
            onChange={(event) => set(event.target.value)}
          />
          {id === 'chosen' && rules && <Demands password={chosen} rules={rules} own={own} />}
        </div>
      ))}
      {tried && differs && (
        <p className={styles.fault} role="alert">
          {t('change.differs')}
        </p>
      )}
      <Button type="primary" htmlType="submit" loading={busy ?? false}>
        {t('change.submit')}
      </Button>
    </form>
  );
}

function Demands({ password, rules, own }: { password: string; rules: PasswordRules; own: string[] }) {
  const { t } = useTranslation('identity');
  return (
    <ul id="password-demands" className={styles.demands}>
      {demands(password, rules, own).map(({ key, met }) => (
        <li key={key} className={met ? styles.met : undefined}>
          {met ? <CheckCircleFilled aria-label={t('demands.met')} /> : <MinusCircleOutlined aria-label={t('demands.unmet')} />}
          {t(`demands.${key}`, { least: rules.least, kinds: rules.kinds, long: rules.long })}
        </li>
      ))}
      <li>
        <InfoCircleOutlined />
        {t('demands.server', { history: rules.history })}
      </li>
      {rules.maxAge > 0 && (
        <li>
          <InfoCircleOutlined />
          {t('demands.age', { days: rules.maxAge })}
        </li>
      )}
    </ul>
  );
}
