import { Checkbox, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import { Notice } from '@/kit/Notice';
import { useRow, useText } from '@/language/text';
import { PersonPicker } from '@/staff/PersonPicker';
import { beyond, claimsOf, minimum, type ClaimField, type ClaimTask } from './claim';
import styles from './Sharing.module.css';

interface Asked {
  kind: 'review' | 'settlement';
  insurer: string;
  basis: string;
  article: string;
  reviewer: string;
  until: string;
  certificate: string;
  claims: string;
  extras?: string[];
  words?: Record<string, string>;
}

const aDay = 24 * 60 * 60 * 1000;
const usual = 10 * aDay;
const longest = 92 * aDay;
const mostClaims = 200;
const later = (now: number, by: number) => new Date(now + by).toISOString();

/** Asks that one person may read what an insurer needs of listed claims. */
export default function AskClaims({ onAsked, onClose }: { onAsked: (task: ClaimTask) => void; onClose: () => void }) {
  const { t } = useTranslation('sharing');
  const text = useText();
  const fault = useFault();
  const [now] = useState(() => Date.now());
  const known = queries.useQuery('get', '/api/sharing/claim-fields', {}, { staleTime: Infinity });
  const ask = queries.useMutation('post', '/api/sharing/claim-tasks', {
    onSuccess: async (task) => {
      await cache.invalidateQueries();
      onAsked(task);
    },
  });
  const submit = ({ claims, extras, words, ...rest }: Asked) => ask.mutate({ body: { ...rest, claims: claimsOf(claims) ?? [], extras: (extras ?? []).map((field) => ({ field, words: words?.[field] ?? '', approved: false })) } });
  const needed = { required: true, message: t('required') };
  const lines = (_: unknown, pasted: string | undefined) => {
    const found = claimsOf(pasted ?? '');
    return !pasted || (found && found.length <= mostClaims) ? Promise.resolve() : Promise.reject(new Error(t('claims.form.claimsWrong')));
  };
  return (
    <FormDialog<Asked>
      title={t('claims.ask')}
      lead={t('claims.form.lead')}
      submit={t('claims.form.submit')}
      width={720}
      busy={ask.isPending}
      error={fault(ask.error ?? known.error)}
      initial={{ kind: 'settlement', basis: 'insurance-fund', until: later(now, usual) }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t('claims.column.kind')}>
        <Radio.Group options={(['settlement', 'review'] as const).map((value) => ({ value, label: t(`claims.kind.${value}`) }))} />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item name="insurer" label={t('claims.column.insurer')} rules={[needed]}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="reviewer" label={t('claims.column.reviewer')} extra={t('claims.form.reviewerHint')} rules={[needed]}>
          <PersonPicker />
        </Form.Item>
        <Form.Item name="basis" label={t('claims.form.basis')} rules={[needed]}>
          <Select options={[...(known.data?.bases ?? []).map(({ id, name }) => ({ value: id, label: text(name) })), { value: 'consent', label: t('claims.form.byConsent') }]} />
        </Form.Item>
        <Form.Item name="until" htmlFor="claims-until" label={t('claims.column.until')} extra={t('claims.form.untilHint')} rules={[needed]}>
          <MomentInput id="claims-until" min={later(now, 0)} max={later(now, longest)} />
        </Form.Item>
      </div>
      <Form.Item name="article" label={t('claims.form.article')} rules={[needed]}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
      <Form.Item name="claims" label={t('claims.form.claims')} extra={t('claims.form.claimsHint')} rules={[needed, { validator: lines }]}>
        <Input.TextArea rows={4} spellCheck={false} />
      </Form.Item>
      <Fields fields={known.data?.items ?? []} />
      <Form.Item name="certificate" label={t('claims.form.certificate')} extra={t('claims.form.certificateHint')} rules={[needed]}>
        <Input.TextArea rows={3} spellCheck={false} placeholder="-----BEGIN CERTIFICATE-----" />
      </Form.Item>
    </FormDialog>
  );
}

/** What the kind tells by itself, and what is asked for beyond it, each with why. */
function Fields({ fields }: { fields: ClaimField[] }) {
  const { t } = useTranslation('sharing');
  const text = useText();
  const row = useRow();
  const kind = Form.useWatch<string | undefined>('kind') ?? 'settlement';
  const chosen = Form.useWatch<string[] | undefined>('extras') ?? [];
  const extra = beyond(fields, kind);
  return (
    <>
      <Notice title={t('claims.form.minimum')}>{row(minimum(fields, kind).map(({ name }) => text(name)))}</Notice>
      <Form.Item name="extras" label={t('claims.form.extras')} extra={t('claims.form.extrasHint')}>
        <Checkbox.Group options={extra.map(({ id, name }) => ({ value: id, label: text(name) }))} />
      </Form.Item>
      {extra
        .filter(({ id }) => chosen.includes(id))
        .map(({ id, name }) => (
          <Form.Item key={id} name={['words', id]} label={t('claims.form.why', { field: text(name) })} rules={[{ required: true, message: t('required') }]}>
            <Input maxLength={200} />
          </Form.Item>
        ))}
    </>
  );
}
