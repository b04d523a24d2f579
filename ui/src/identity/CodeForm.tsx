import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './ChangePassword.module.css';

interface CodeFormProps {
  busy: boolean | undefined;
  submit: string;
  onCode: (code: string) => void;
}

/** Asks for the code that an authenticator shows, or for a recovery code. */
export function CodeForm({ busy, submit, onCode }: CodeFormProps) {
  const { t } = useTranslation('identity');
  const [code, setCode] = useState('');
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim()) onCode(code.trim());
      }}
    >
      <div>
        <label htmlFor="second-code">{t('code.label')}</label>
        <Input id="second-code" autoFocus autoComplete="one-time-code" maxLength={40} value={code} onChange={(event) => setCode(event.target.value)} />
      </div>
      <Button type="primary" htmlType="submit" loading={busy ?? false} block>
        {submit}
      </Button>
    </form>
  );
}
