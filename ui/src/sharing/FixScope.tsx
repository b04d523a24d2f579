import { Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { most, onwards, useWhole } from '@/api/whole';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import { useTerm } from '@/language/terms';
import { formatDay } from '@/language/time';
import { useText } from '@/language/text';
import { kinds } from '@/record/kinds';
import { useTitles } from '@/record/titles';
import { PersonPicker } from '@/staff/PersonPicker';
import type { SeenCase } from './case';
import styles from './Sharing.module.css';

interface Asked {
  forms?: string[];
  documents?: string[];
  encounters?: string[];
  from?: string;
  to?: string;
  copies: boolean;
  assistant: string;
  until: string;
}

const aMonth = 30 * 24 * 60 * 60 * 1000;
const longest = 2 * aMonth;
const later = (now: number, by: number) => new Date(now + by).toISOString();
const only = { retry: false } as const;

/** Says what may be shown or leave, who assists, and until when. */
export default function FixScope({ one, onClose }: { one: SeenCase; onClose: () => void }) {
  const { t } = useTranslation('sharing');
  const text = useText();
  const term = useTerm();
  const fault = useFault();
  const { ofDocument } = useTitles();
  const [now] = useState(() => Date.now());
  const path = { path: { id: one.patient } };
  const patient = queries.useQuery('get', '/api/patients/{id}', { params: path }, only);
  const documents = useWhole(queries.useInfiniteQuery('get', '/api/patients/{id}/documents', { params: { ...path, query: { limit: most } } }, { ...onwards, ...only }));
  const fix = queries.useMutation('post', '/api/sharing/cases/{id}/scope', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  const needed = { required: true, message: t('required') };
  const submit = ({ forms, documents: named, encounters, from, to, copies, assistant, until }: Asked) =>
    fix.mutate({
      params: { path: { id: one.id } },
      body: { scope: { forms: forms ?? [], documents: named ?? [], encounters: encounters ?? [], copies, ...(from && { from }), ...(to && { to }) }, assistant, until },
    });
  const { scope } = one;
  const encounters = patient.data?.encounters ?? [];
  return (
    <FormDialog<Asked>
      title={t('scoping.title')}
      lead={t('scoping.lead')}
      submit={t('scoping.submit')}
      width={620}
      busy={fix.isPending}
      error={fault(fix.error)}
      initial={{
        forms: scope.forms ?? [],
        documents: scope.documents ?? [],
        encounters: scope.encounters ?? [],
        copies: scope.copies,
        ...(scope.from && { from: scope.from }),
        ...(scope.to && { to: scope.to }),
        ...(one.assistant && { assistant: one.assistant }),
        until: one.until ?? later(now, aMonth),
      }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="forms"
        label={t('scoping.forms')}
        rules={[({ getFieldValue }) => ({ validator: () => (['forms', 'documents', 'encounters'].some((field) => (getFieldValue(field) as string[] | undefined)?.length) ? Promise.resolve() : Promise.reject(new Error(t('scoping.narrow')))) })]}
      >
        <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={Object.entries(kinds).map(([code, name]) => ({ value: code, label: text(name) }))} />
      </Form.Item>
      {documents && documents.length > 0 && (
        <Form.Item name="documents" label={t('scoping.documents')} extra={t('scoping.documentsHint')}>
          <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={documents.map((line) => ({ value: line.id, label: `${ofDocument(line)} ${formatDay(line.at)}` }))} />
        </Form.Item>
      )}
      {encounters.length > 0 && (
        <Form.Item name="encounters" label={t('scoping.encounters')}>
          <Select mode="multiple" options={encounters.map(({ id, kind, since }) => ({ value: id, label: `${term('encounter', kind)} ${formatDay(since)}` }))} />
        </Form.Item>
      )}
      <div className={styles.pair}>
        <Form.Item name="from" label={t('scoping.from')}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="to" label={t('scoping.to')}>
          <Input type="date" />
        </Form.Item>
      </div>
      <Form.Item name="copies" label={t('scoping.copies')}>
        <Radio.Group options={[{ value: false, label: t('mayView') }, { value: true, label: t('mayCopy') }]} />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item name="assistant" label={t('scoping.assistant')} extra={t('scoping.assistantHint')} rules={[needed]}>
          <PersonPicker />
        </Form.Item>
        <Form.Item name="until" htmlFor="scope-until" label={t('scoping.until')} extra={t('scoping.untilHint')} rules={[needed]}>
          <MomentInput id="scope-until" min={later(now, 0)} max={later(now, longest)} />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
