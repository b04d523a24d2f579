import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/kit/Notice';
import { CodeForm } from './CodeForm';

export interface SignInAgainProps {
  open: boolean;
  /** Whose session ended: nobody else may go on with what stands on the page. */
  name: string;
  /** In a demonstration no password is asked for. */
  demo: boolean;
  busy?: boolean;
  error?: string;
  /** The password is right, and a code is wanted too. */
  second?: boolean;
  onCode?: (code: string) => void;
  onSignIn: (password: string) => void;
  onClose: () => void;
}

/** Signs the same person in again over the page, which stays as it is. */
export function SignInAgain({ open, name, demo, busy, error, second, onCode, onSignIn, onClose }: SignInAgainProps) {
  const { t } = useTranslation('identity');
  const [password, setPassword] = useState('');
  return (
    <Modal open={open} onCancel={onClose} footer={null} width={400} title={t('again.title')} destroyOnHidden>
      {second && onCode ? (
        <>
          {error && <Notice tone="error">{error}</Notice>}
          <CodeForm busy={busy} submit={t('again.submit')} onCode={onCode} />
        </>
      ) : (
        <form
          style={{ display: 'grid', gap: 12 }}
          onSubmit={(event) => {
            event.preventDefault();
            if (demo || password) onSignIn(password);
          }}
        >
          <p>{t('again.lead', { name })}</p>
          {error && <Notice tone="error">{error}</Notice>}
          {!demo && (
            <Input.Password
              autoFocus
              aria-label={t('password')}
              placeholder={t('password')}
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
          <Button type="primary" htmlType="submit" loading={busy} block>
            {t('again.submit')}
          </Button>
        </form>
      )}
    </Modal>
  );
}
