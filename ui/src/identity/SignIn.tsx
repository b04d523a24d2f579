import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Sign } from '@/app/Brand';
import { speak, useLanguage } from '@/language/language';
import { useText, type Text } from '@/language/text';
import { Notice } from '@/kit/Notice';
import { CodeForm } from './CodeForm';
import { DemoPeople } from './DemoPeople';
import styles from './SignIn.module.css';

export interface SignInProps {
  /** What the organisation is called, where that is known. */
  organisation?: Text;
  /** Whether this is a demonstration is not known yet. */
  undecided?: boolean;
  /** Whom a visitor of a demonstration can be; absent in a real store. */
  demoPeople?: Schemas['IdentityDemoPerson'][];
  busy?: boolean;
  /** Why it did not work, in the reader's language. */
  error?: string;
  /** The password is right, and a code is wanted too. */
  second?: boolean;
  /** The code was sent to a telephone. */
  sent?: boolean;
  onCode?: (code: string) => void;
  /** Begins again with name and password. */
  onBack?: () => void;
  onSignIn: (name: string, password: string) => void;
  /** Has a code sent to the telephone of whoever knows the password; absent where none is sent. */
  onMessage?: ((name: string, password: string) => void) | undefined;
  onBecome: (person: string) => void;
  /** Ways of signing in beside name and password. */
  others?: ReactNode;
}

export function SignIn({ organisation, undecided, demoPeople, busy, error, second, sent, onCode, onBack, onSignIn, onMessage, onBecome, others }: SignInProps) {
  const { t } = useTranslation('identity');
  const text = useText();
  return (
    <div className={styles.page}>
      <aside className={styles.aside}>
        <div className={styles.brand}>
          <Sign size={36} />
          <span>
            医守<span className={styles.latin}>Medward</span>
          </span>
        </div>
        {organisation && <p className={styles.organisation}>{text(organisation)}</p>}
        <ul className={styles.promises}>
          {(['account', 'proof', 'end', 'care'] as const).map((promise) => (
            <li key={promise}>
              <strong>{t(`promises.${promise}.title`)}</strong>
              <span>{t(`promises.${promise}.text`)}</span>
            </li>
          ))}
        </ul>
        <LanguageSwitch />
      </aside>
      <main className={styles.main}>
        {!undecided && (
          <div className={demoPeople ? styles.wide : styles.slim}>
            <h1>{t('title')}</h1>
            {error && <Notice tone="error">{error}</Notice>}
            {second && onCode ? (
              <SecondStep busy={busy} lead={t(sent ? 'message.lead' : 'code.lead')} onCode={onCode} onBack={onBack} />
            ) : (
              <>
                <Credentials busy={busy} onSignIn={onSignIn} onMessage={onMessage} row={demoPeople !== undefined} />
                {others}
              </>
            )}
            {demoPeople ? <DemoPeople people={demoPeople} busy={busy} onBecome={onBecome} /> : <p className={styles.help}>{t('help')}</p>}
          </div>
        )}
      </main>
    </div>
  );
}

interface CredentialsProps {
  busy: boolean | undefined;
  row: boolean;
  onSignIn: (name: string, password: string) => void;
  onMessage: ((name: string, password: string) => void) | undefined;
}

function Credentials({ busy, row, onSignIn, onMessage }: CredentialsProps) {
  const { t } = useTranslation('identity');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (enter: (name: string, password: string) => void) => {
    setTried(true);
    if (name.trim() && password) enter(name.trim(), password);
  };
  return (
    <form
      className={row ? styles.row : styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit(onSignIn);
      }}
    >
      <Field label={t('name')} id="sign-in-name" fault={tried && !name.trim() && t('nameMissing')}>
        <Input id="sign-in-name" autoFocus autoComplete="username" value={name} placeholder={t('nameHint')} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t('password')} id="sign-in-password" fault={tried && !password && t('passwordMissing')}>
        <Input.Password id="sign-in-password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
      </Field>
      <Button type="primary" htmlType="submit" loading={busy} block={!row}>
        {t('submit')}
      </Button>
      {onMessage && (
        <Button type="link" className={styles.message} disabled={busy ?? false} onClick={() => submit(onMessage)}>
          {t('message.ask')}
        </Button>
      )}
    </form>
  );
}

/** The second step: a code of the authenticator, or a recovery code. */
function SecondStep({ busy, lead, onCode, onBack }: { busy: boolean | undefined; lead: string; onCode: (code: string) => void; onBack: (() => void) | undefined }) {
  const { t } = useTranslation('identity');
  return (
    <>
      <p className={styles.help}>{lead}</p>
      <CodeForm busy={busy} submit={t('submit')} onCode={onCode} />
      {onBack && (
        <Button type="link" onClick={onBack}>
          {t('code.back')}
        </Button>
      )}
    </>
  );
}

function Field({ label, id, fault, children }: { label: string; id: string; fault: string | false; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children}
      <span className={styles.fault} role="alert">
        {fault || ''}
      </span>
    </div>
  );
}

function LanguageSwitch() {
  const { language } = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <button type="button" className={styles.language} lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => void speak(other)}>
      {other === 'zh' ? '中文' : 'English'}
    </button>
  );
}
