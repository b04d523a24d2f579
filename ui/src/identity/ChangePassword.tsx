import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import styles from './ChangePassword.module.css';

export interface ChangePasswordProps {
  /** Nothing else can be done until it is changed. */
  must: boolean;
  busy?: boolean;
  error?: string;
  onChange: (old: string, chosen: string) => void;
}

export function ChangePassword({ must, busy, error, onChange }: ChangePasswordProps) {
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
    <Page narrow>
      <PageHead title={t('change.title')} lead={must ? t('change.must') : t('change.lead')} />
      <Panel>
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
              <Input.Password id={`password-${id}`} autoComplete={complete} value={value} onChange={(event) => set(event.target.value)} />
            </div>
          ))}
          {tried && differs && (
            <p className={styles.fault} role="alert">
              {t('change.differs')}
            </p>
          )}
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('change.submit')}
          </Button>
        </form>
      </Panel>
    </Page>
  );
}
