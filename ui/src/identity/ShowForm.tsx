import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Notice } from '@/kit/Notice';
import styles from './ChangePassword.module.css';

export type Shown = Pick<Schemas['IdentityShow'], 'code' | 'password'>;

export interface ShowFormProps {
  /** What somebody has to show; in a demonstration nothing. */
  asks: 'code' | 'password' | 'nothing';
  busy: boolean;
  error: string | undefined;
  submit: string;
  danger?: boolean;
  onShow: (shown: Shown) => void;
}

/** Shows again who one is: a code where there is an authenticator, otherwise the password. */
export function ShowForm({ asks, busy, error, submit, danger, onShow }: ShowFormProps) {
  const { t } = useTranslation('identity');
  const [value, setValue] = useState('');
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (asks === 'nothing') onShow({});
        else if (value.trim()) onShow(asks === 'code' ? { code: value.trim() } : { password: value });
      }}
    >
      {error && <Notice tone="error">{error}</Notice>}
      {asks === 'code' && (
        <div>
          <label htmlFor="show-code">{t('code.label')}</label>
          <Input id="show-code" autoFocus autoComplete="one-time-code" inputMode="text" maxLength={40} value={value} onChange={(event) => setValue(event.target.value)} />
        </div>
      )}
      {asks === 'password' && (
        <div>
          <label htmlFor="show-password">{t('password')}</label>
          <Input.Password id="show-password" autoFocus autoComplete="current-password" value={value} onChange={(event) => setValue(event.target.value)} />
        </div>
      )}
      <Button type="primary" htmlType="submit" danger={danger ?? false} loading={busy}>
        {submit}
      </Button>
    </form>
  );
}
