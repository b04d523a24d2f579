import { Form, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { DigestField } from '@/kit/DigestField';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import { formatDay } from '@/language/time';
import { useText } from '@/language/text';
import { usePurposeName, type FormOfConsent, type Guardian, type Relation, type Template } from './consent';
import styles from './Consent.module.css';
import { GiverFields } from './GiverFields';
import { useForms } from './use-forms';

interface GiveProps {
  patient: string;
  decision: 'give' | 'refuse';
  /** Those in office. */
  guardians: Guardian[];
  onClose: () => void;
}

interface Asked {
  template: string;
  purposes?: string[];
  relation: Relation;
  guardian?: string;
  form: FormOfConsent;
  period: 'fixed' | 'standing';
  until?: string;
  reviewBy?: string;
  evidence?: string;
  giver: Schemas['ConsentGiver'];
}

const aYear = 365 * 24 * 60 * 60 * 1000;

/** Records that a patient, or whoever decides for him, agreed or did not. */
export default function Give({ patient, decision, guardians, onClose }: GiveProps) {
  const { t } = useTranslation('consent');
  const fault = useFault();
  const [inAYear] = useState(() => new Date(Date.now() + aYear).toISOString());
  const { forms: published } = useForms();
  const consents = (published ?? []).filter(({ kind }) => kind === 'consent');
  const settled = {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  };
  const give = queries.useMutation('post', '/api/patients/{id}/consents', settled);
  const refuse = queries.useMutation('post', '/api/patients/{id}/consent-refusals', settled);
  const record = decision === 'give' ? give : refuse;
  const submit = ({ template, purposes, relation, guardian, form, period, until, reviewBy, evidence, giver }: Asked) => {
    const scope = consents.find(({ id }) => id === template)?.scope;
    record.mutate({
      params: { path: { id: patient } },
      body: {
        template,
        relation,
        form,
        giver,
        ...(guardian && { guardian }),
        ...(scope && purposes && { scope: { ...scope, purposes } }),
        ...(period === 'fixed' && until && { until }),
        ...(period === 'standing' && reviewBy && { reviewBy }),
        ...(evidence && { evidence }),
      },
    });
  };
  return (
    <FormDialog<Asked>
      title={t(decision)}
      lead={t(decision === 'give' ? 'giving.giveLead' : 'giving.refuseLead')}
      submit={t(`giving.${decision}`)}
      width={640}
      busy={record.isPending}
      error={fault(record.error)}
      initial={{ period: 'fixed', until: inAYear, reviewBy: inAYear }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Decision forms={consents} guardians={guardians} />
      <Period />
    </FormDialog>
  );
}

/** Which form, for which of its uses, by whom and in which way. */
function Decision({ forms, guardians }: { forms: Template[]; guardians: Guardian[] }) {
  const { t } = useTranslation('consent');
  const text = useText();
  const purposeName = usePurposeName();
  const dialog = Form.useFormInstance<Asked>();
  const chosen = Form.useWatch<string | undefined>('template');
  const relation = Form.useWatch<Relation | undefined>('relation');
  const way = Form.useWatch<FormOfConsent | undefined>('form');
  const template = forms.find(({ id }) => id === chosen);
  const needed = [{ required: true, message: t('required') }];
  const begin = (id: string) => {
    const next = forms.find((one) => one.id === id);
    dialog.setFieldsValue({ purposes: next?.scope.purposes ?? [], relation: (next?.givers?.[0] ?? 'patient') as Relation, form: (next?.forms?.[0] ?? 'written') as FormOfConsent });
  };
  return (
    <>
      <Form.Item name="template" label={t('giving.template')} rules={needed}>
        <Select onChange={begin} options={forms.map(({ id, name, version }) => ({ value: id, label: `${text(name)} · ${t('versionOf', { version })}` }))} />
      </Form.Item>
      {template && (
        <>
          <p className={styles.text}>{text(template.text)}</p>
          <Form.Item name="purposes" label={t('giving.purposes')} extra={t('giving.purposesHint')} rules={needed}>
            <Select mode="multiple" options={(template.scope.purposes ?? []).map((value) => ({ value, label: purposeName(value) }))} />
          </Form.Item>
          <Form.Item name="relation" label={t('giving.relation')} rules={needed}>
            <Radio.Group options={(template.givers ?? []).map((value) => ({ value, label: t(`relation.${value as Relation}`) }))} />
          </Form.Item>
          {relation === 'guardian' && (
            <Form.Item name="guardian" label={t('giving.guardian')} rules={needed}>
              <Select options={guardians.map(({ id, kind, until }) => ({ value: id, label: `${t(`guardianKind.${kind}`)} ${t('guardianUntil', { day: formatDay(until) })}` }))} notFoundContent={t('noGuardians')} />
            </Form.Item>
          )}
          <Form.Item name="form" label={t('giving.form')} rules={needed}>
            <Radio.Group options={(template.forms ?? []).map((value) => ({ value, label: t(`form.${value as FormOfConsent}`) }))} />
          </Form.Item>
          <GiverFields of="giver" relative={relation === 'relative'} witnessed={way === 'verbal'} />
          {way !== 'verbal' && (
            <Form.Item name="evidence" label={t('giving.evidence')} rules={needed}>
              <DigestField label={t('giving.evidence')} />
            </Form.Item>
          )}
        </>
      )}
    </>
  );
}

/** Until when it stands, or when it is looked at again. */
function Period() {
  const { t } = useTranslation('consent');
  const period = Form.useWatch<Asked['period'] | undefined>('period');
  const needed = [{ required: true, message: t('required') }];
  return (
    <>
      <Form.Item name="period" label={t('giving.period')}>
        <Radio.Group options={(['fixed', 'standing'] as const).map((value) => ({ value, label: t(`giving.${value}`) }))} />
      </Form.Item>
      {period === 'standing' ? (
        <Form.Item name="reviewBy" htmlFor="review-by" label={t('giving.reviewBy')} rules={needed}>
          <MomentInput id="review-by" min={new Date().toISOString()} />
        </Form.Item>
      ) : (
        <Form.Item name="until" htmlFor="consent-until" label={t('giving.until')} rules={needed}>
          <MomentInput id="consent-until" min={new Date().toISOString()} />
        </Form.Item>
      )}
    </>
  );
}
