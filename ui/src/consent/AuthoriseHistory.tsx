import { Button, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { DigestField } from '@/kit/DigestField';
import { FormDialog } from '@/kit/FormDialog';
import { useText } from '@/language/text';
import { historyWays, type HistoryWay } from './consent';
import styles from './Consent.module.css';
import { GiverFields } from './GiverFields';
import { useForms } from './use-forms';

interface AuthoriseHistoryProps {
  patient: string;
  onClose: (given: boolean) => void;
}

interface Asked {
  template: string;
  way: HistoryWay;
  evidence?: string;
  digits?: string;
  giver?: Schemas['ConsentGiver'];
}

const aMonth = 30 * 24 * 60 * 60 * 1000;

/** The patient authorises that his history of other institutions is read during this stay: by signature, paper, or a code on his telephone. */
export default function AuthoriseHistory({ patient, onClose }: AuthoriseHistoryProps) {
  const { t } = useTranslation('consent');
  const fault = useFault();
  const [until] = useState(() => new Date(Date.now() + aMonth).toISOString());
  const { forms } = useForms();
  const known = queries.useQuery('get', '/api/patients/{id}', { params: { path: { id: patient } } });
  const encounter = known.data?.encounters?.find((one) => !one.until)?.id;
  const settled = {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose(true);
    },
  };
  const give = queries.useMutation('post', '/api/patients/{id}/consents', settled);
  const send = queries.useMutation('post', '/api/patients/{id}/consent-codes');
  const confirm = queries.useMutation('post', '/api/consent-codes/{id}/confirm', settled);
  const submit = ({ template, way, evidence, digits, giver }: Asked) => {
    if (way === 'code') {
      if (send.data && digits) confirm.mutate({ params: { path: { id: send.data.id } }, body: { digits } });
      return;
    }
    if (!giver || !encounter) return;
    give.mutate({ params: { path: { id: patient } }, body: { template, encounter, relation: 'patient', form: way === 'paper' ? 'written' : 'electronic', until, giver, ...(evidence && { evidence }) } });
  };
  const suited = (forms ?? []).filter(({ kind, scope }) => kind === 'consent' && scope.purposes?.includes('outside-history'));
  return (
    <FormDialog<Asked>
      title={t('history.ask')}
      lead={t(known.data && !encounter ? 'history.noStay' : 'history.askLead')}
      submit={t('history.record')}
      width={600}
      busy={give.isPending || confirm.isPending}
      error={fault(give.error ?? send.error ?? confirm.error)}
      initial={{ way: 'signature' }}
      onSubmit={submit}
      onClose={() => onClose(false)}
    >
      <Wording forms={suited} />
      <Proof
        sent={send.data !== undefined}
        sending={send.isPending}
        onSend={(template) => encounter && send.mutate({ params: { path: { id: patient } }, body: { encounter, template } })}
      />
    </FormDialog>
  );
}

/** What is read to the patient. */
function Wording({ forms }: { forms: Schemas['ConsentForm'][] }) {
  const { t } = useTranslation('consent');
  const text = useText();
  const chosen = Form.useWatch<string | undefined>('template');
  const form = forms.find(({ id }) => id === chosen);
  return (
    <>
      <Form.Item name="template" label={t('giving.template')} rules={[{ required: true, message: t('required') }]}>
        <Select notFoundContent={t('history.noForm')} options={forms.map(({ id, name, version }) => ({ value: id, label: `${text(name)} · ${t('versionOf', { version })}` }))} />
      </Form.Item>
      {form && <p className={styles.text}>{text(form.text)}</p>}
    </>
  );
}

/** How the patient shows that he agrees. */
function Proof({ sent, sending, onSend }: { sent: boolean; sending: boolean; onSend: (template: string) => void }) {
  const { t } = useTranslation('consent');
  const way = Form.useWatch<HistoryWay | undefined>('way');
  const template = Form.useWatch<string | undefined>('template');
  const needed = [{ required: true, message: t('required') }];
  return (
    <>
      <Form.Item name="way" label={t('history.way')}>
        <Radio.Group options={historyWays.map((value) => ({ value, label: t(`history.ways.${value}`) }))} />
      </Form.Item>
      {way === 'code' ? (
        <>
          <Form.Item label={t('history.code')} extra={t(sent ? 'history.codeSent' : 'history.codeHint')}>
            <Button disabled={!template} loading={sending} onClick={() => template && onSend(template)}>
              {t(sent ? 'history.sendAgain' : 'history.send')}
            </Button>
          </Form.Item>
          {sent && (
            <Form.Item name="digits" label={t('history.digits')} rules={needed}>
              <Input maxLength={6} inputMode="numeric" autoComplete="one-time-code" />
            </Form.Item>
          )}
        </>
      ) : (
        <>
          <GiverFields of="giver" />
          <Form.Item name="evidence" label={t('giving.evidence')} rules={needed}>
            <DigestField label={t('giving.evidence')} />
          </Form.Item>
        </>
      )}
    </>
  );
}
