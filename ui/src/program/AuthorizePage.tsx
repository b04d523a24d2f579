import { Button, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Page } from '@/app/Page';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import styles from './Authorize.module.css';

export interface Choice {
  value: string;
  label: string;
}

interface AuthorizePageProps {
  wanted: Schemas['SourceWanted'];
  /** Where the reader is sent afterwards. */
  home: string;
  patients: Choice[];
  looking: boolean;
  patient: string | undefined;
  busy: boolean;
  error?: string | undefined;
  onLook: (text: string) => void;
  onChoose: (patient: string) => void;
  onAllow: () => void;
  onDeny: () => void;
}

/** What a program would see for the reader, in words, before he says yes. */
export function AuthorizePage({ wanted, home, patients, looking, patient, busy, error, onLook, onChoose, onAllow, onDeny }: AuthorizePageProps) {
  const { t } = useTranslation('program');
  const text = useText();
  return (
    <Page narrow>
      <PageHead title={t('title', { name: text(wanted.name) })} lead={[wanted.vendor, wanted.purpose].filter(Boolean).join(' · ')} />
      <Panel title={t('sees')}>
        <Form layout="vertical" requiredMark={false} onFinish={onAllow}>
          {error && <Notice tone="error">{error}</Notice>}
          <ul className={styles.scopes}>
            {(wanted.scopes ?? []).map(({ scope, words }) => (
              <li key={scope}>
                <span>{text(words)}</span>
                <code>{scope}</code>
              </li>
            ))}
          </ul>
          {wanted.patient && <p className={styles.bounds}>{t('begun')}</p>}
          {wanted.chooses && (
            <Form.Item label={t('patient')} htmlFor="program-patient" extra={t('patientHint')}>
              <Select
                id="program-patient"
                showSearch={{ filterOption: false, onSearch: onLook }}
                value={patient ?? null}
                loading={looking}
                options={patients}
                placeholder={t('choose')}
                notFoundContent={looking ? null : t('nobody')}
                onChange={onChoose}
              />
            </Form.Item>
          )}
          <p className={styles.bounds}>
            {t('bounds')} {t('until')} <When at={wanted.until} />
          </p>
          <p className={styles.bounds}>{t('back', { home })}</p>
          <div className={styles.buttons}>
            <Button onClick={onDeny}>{t('deny')}</Button>
            <Button type="primary" htmlType="submit" loading={busy} disabled={wanted.chooses && !patient}>
              {t('allow')}
            </Button>
          </div>
        </Form>
      </Panel>
    </Page>
  );
}
