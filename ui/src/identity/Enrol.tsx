import { Button, Input, Modal, QRCode } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Code } from '@/kit/Code';
import { Notice } from '@/kit/Notice';
import { StepsBar } from '@/kit/StepsBar';
import styles from './Enrol.module.css';

interface EnrolProps {
  onClose: () => void;
  /** With the recovery codes, which are shown once. */
  onEnrolled: (codes: string[]) => void;
}

/** Gives the reader an authenticator: a name, the code to read, the first number that it shows. */
export default function Enrol({ onClose, onEnrolled }: EnrolProps) {
  const { t } = useTranslation('identity');
  const fault = useFault();
  const [label, setLabel] = useState('');
  const [code, setCode] = useState('');
  const begin = queries.useMutation('post', '/api/identity/factors/codes');
  const confirm = queries.useMutation('post', '/api/identity/factors/{id}/confirm', { onSuccess: ({ recoveryCodes }) => onEnrolled(recoveryCodes ?? []) });
  const begun = begin.data;
  return (
    <Modal open mask={{ closable: false }} onCancel={onClose} footer={null} width={440} title={t('enrol.title')}>
      <StepsBar
        label={t('enrol.title')}
        steps={[
          { key: 'name', title: t('enrol.steps.name'), state: begun ? 'done' : 'current' },
          { key: 'read', title: t('enrol.steps.read'), state: begun ? 'current' : 'waiting' },
        ]}
      />
      {begun ? (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (code.trim()) confirm.mutate({ params: { path: { id: begun.id } }, body: { code: code.trim() } });
          }}
        >
          {confirm.error && <Notice tone="error">{fault(confirm.error)}</Notice>}
          <p>{t('enrol.read')}</p>
          <div className={styles.picture} role="img" aria-label={t('enrol.picture')}>
            <div aria-hidden="true">
              <QRCode type="svg" value={begun.uri} size={196} color="#000" bgColor="#fff" errorLevel="M" />
            </div>
          </div>
          <p className={styles.secret}>
            {t('enrol.type')} <Code value={begun.secret} copyable />
          </p>
          <div>
            <label htmlFor="enrol-code">{t('enrol.code')}</label>
            <Input id="enrol-code" autoFocus autoComplete="one-time-code" inputMode="numeric" maxLength={6} value={code} onChange={(event) => setCode(event.target.value)} />
          </div>
          <Button type="primary" htmlType="submit" loading={confirm.isPending}>
            {t('enrol.confirm')}
          </Button>
        </form>
      ) : (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            begin.mutate({ body: label.trim() ? { label: label.trim() } : {} });
          }}
        >
          {begin.error && <Notice tone="error">{fault(begin.error)}</Notice>}
          <div>
            <label htmlFor="enrol-label">{t('enrol.label')}</label>
            <Input id="enrol-label" autoFocus maxLength={40} placeholder={t('enrol.labelHint')} value={label} onChange={(event) => setLabel(event.target.value)} />
          </div>
          <Button type="primary" htmlType="submit" loading={begin.isPending}>
            {t('enrol.begin')}
          </Button>
        </form>
      )}
    </Modal>
  );
}
