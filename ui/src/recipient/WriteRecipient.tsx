import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import { useText } from '@/language/text';
import { PersonPicker } from '@/staff/PersonPicker';
import type { Recipient, Writing } from './recipient';
import styles from './Recipient.module.css';

interface WriteRecipientProps {
  /** The recipient that is written anew; a fresh one without. */
  of?: Recipient;
  onWritten: (recipient: Recipient) => void;
  onClose: () => void;
}

type Written = Omit<Writing, 'seen' | 'fields'> & { seen?: string; fields?: string };

const lines = (text: string | undefined) => (text ?? '').split(/[\n,，]/).map((line) => line.trim()).filter(Boolean);

function asWritten(of: Recipient): Written {
  const now = of.wanted ?? of;
  const { code, kind, nameZh, nameEn, owner, address, internal, verified, pem, shapes, purpose, basis, account, hours, since, until } = now;
  return {
    code, kind, nameZh, owner, verified, purpose, basis, since, until,
    shapes: shapes ?? [], nameEn: nameEn ?? '', address: address ?? '', internal: internal ?? false, pem: pem ?? '', account: account ?? '', hours: hours ?? 0, once: now.once ?? 0, daily: now.daily ?? 0, dailyMb: now.dailyMb ?? 0,
    seen: (now.seen ?? []).join('\n'),
    fields: (now.fields ?? []).join('\n'),
  };
}

/** Registers a recipient, or writes one anew. What is in force stays until somebody else approves. */
export default function WriteRecipient({ of, onWritten, onClose }: WriteRecipientProps) {
  const { t } = useTranslation('recipient');
  const text = useText();
  const fault = useFault();
  const choices = queries.useQuery('get', '/api/recipients/choices', {});
  const settled = {
    onSuccess: async (written: Recipient) => {
      await cache.invalidateQueries();
      onClose();
      onWritten(written);
    },
  };
  const register = queries.useMutation('post', '/api/recipients', settled);
  const change = queries.useMutation('put', '/api/recipients/{id}', settled);
  const needed = { required: true, message: t('required') };
  const options = (all: { id: string; name: { zh: string; en: string } }[] | undefined) => (all ?? []).map(({ id, name }) => ({ value: id, label: text(name) }));
  const submit = ({ seen, fields, ...rest }: Written) => {
    const body = { ...rest, seen: lines(seen), fields: lines(fields) };
    if (of) change.mutate({ params: { path: { id: of.id } }, body: { ...body, rev: of.rev } });
    else register.mutate({ body });
  };
  const now = dayjs().startOf('minute');
  return (
    <FormDialog<Written>
      title={t(of ? 'change' : 'add')}
      lead={t(of ? 'changeLead' : 'addLead')}
      submit={t(of ? 'change' : 'add')}
      width={760}
      busy={register.isPending || change.isPending}
      error={fault(register.error ?? change.error)}
      initial={of ? asWritten(of) : { kind: 'platform', hours: 24, since: now.toISOString(), until: now.add(1, 'year').toISOString() }}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={styles.three}>
        <Form.Item name="code" label={t('field.code')} rules={[needed]}>
          <Input maxLength={40} disabled={of !== undefined} placeholder="province-platform" />
        </Form.Item>
        <Form.Item name="nameZh" label={t('field.nameZh')} rules={[needed]}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="nameEn" label={t('field.nameEn')}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="kind" label={t('column.kind')} rules={[needed]}>
          <Select disabled={of !== undefined} options={options(choices.data?.kinds)} />
        </Form.Item>
        <Form.Item name="owner" label={t('column.owner')} rules={[needed]}>
          <PersonPicker />
        </Form.Item>
        <Form.Item name="account" label={t('field.account')}>
          <Input maxLength={80} />
        </Form.Item>
      </div>
      <Form.Item name="shapes" label={t('column.shapes')} rules={[needed]}>
        <Select mode="multiple" options={options(choices.data?.shapes)} />
      </Form.Item>
      <div className={styles.two}>
        <Form.Item name="purpose" label={t('field.purpose')} rules={[needed]}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
        <Form.Item name="basis" label={t('field.basis')} rules={[needed]}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
        <Form.Item name="verified" label={t('field.verified')} extra={t('field.verifiedHint')} rules={[needed]}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
        <Form.Item name="fields" label={t('field.fields')} extra={t('field.linesHint')}>
          <Input.TextArea rows={2} />
        </Form.Item>
        <Form.Item name="address" label={t('field.address')} extra={t('field.addressHint')}>
          <Input maxLength={1000} className={styles.mono} placeholder="https://platform.example/in" />
        </Form.Item>
        <Form.Item name="seen" label={t('field.seen')} extra={t('field.linesHint')}>
          <Input.TextArea rows={2} className={styles.mono} placeholder="203.0.113.0/24" />
        </Form.Item>
        <Form.Item name="since" label={t('field.since')} rules={[needed]}>
          <MomentInput id="since" />
        </Form.Item>
        <Form.Item name="until" label={t('column.until')} rules={[needed]}>
          <MomentInput id="until" />
        </Form.Item>
        <Form.Item name="hours" label={t('field.hours')} extra={t('field.hoursHint')}>
          <InputNumber min={0} max={2160} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="once" label={t('field.once')} extra={t('field.volumeHint')}>
          <InputNumber min={0} max={1000} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="daily" label={t('field.daily')} extra={t('field.volumeHint')}>
          <InputNumber min={0} max={1_000_000} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="dailyMb" label={t('field.dailyMb')} extra={t('field.volumeHint')}>
          <InputNumber min={0} max={1_048_576} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="internal" valuePropName="checked" label={t('field.network')}>
          <Checkbox>{t('field.internal')}</Checkbox>
        </Form.Item>
      </div>
      <Form.Item name="pem" label={t('field.pem')} extra={t('field.pemHint')}>
        <Input.TextArea rows={3} className={styles.mono} placeholder="-----BEGIN CERTIFICATE-----" />
      </Form.Item>
    </FormDialog>
  );
}
