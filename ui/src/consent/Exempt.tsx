import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { PatientPicker } from '@/access/PatientPicker';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import { useText } from '@/language/text';
import { PersonPicker } from '@/staff/PersonPicker';
import { purposes, usePurposeName, type Basis } from './consent';

interface Asked {
  patient?: string;
  basis: string;
  article: string;
  purpose: string;
  recipient?: string;
  requester: string;
  facts: string;
  until: string;
}

/** Records that the law lets a purpose go on without consent. */
export default function Exempt({ bases, onClose }: { bases: Basis[]; onClose: () => void }) {
  const { t } = useTranslation('consent');
  const text = useText();
  const fault = useFault();
  const purposeName = usePurposeName();
  const exempt = queries.useMutation('post', '/api/consent/exemptions', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  const needed = [{ required: true, message: t('required') }];
  return (
    <FormDialog<Asked> title={t('exempt')} lead={t('exempting.lead')} submit={t('exempting.submit')} width={620} busy={exempt.isPending} error={fault(exempt.error)} onSubmit={(body) => exempt.mutate({ body })} onClose={onClose}>
      <Form.Item name="basis" label={t('exempting.basis')} rules={needed}>
        <Select options={bases.map(({ id, name }) => ({ value: id, label: text(name) }))} />
      </Form.Item>
      <Form.Item name="article" label={t('exempting.article')} extra={t('exempting.articleHint')} rules={needed}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="purpose" label={t('exempting.purpose')} rules={needed}>
        <Select options={purposes.map((value) => ({ value, label: purposeName(value) }))} />
      </Form.Item>
      <Form.Item name="recipient" label={t('exempting.recipient')}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="patient" label={t('exempting.patient')}>
        <PatientPicker label={t('exempting.patient')} />
      </Form.Item>
      <Form.Item name="requester" label={t('exempting.requester')} extra={t('exempting.requesterHint')} rules={needed}>
        <PersonPicker />
      </Form.Item>
      <Form.Item name="facts" label={t('exempting.facts')} rules={needed}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Form.Item name="until" htmlFor="exempt-until" label={t('exempting.until')} extra={t('exempting.untilHint')} rules={needed}>
        <MomentInput id="exempt-until" min={new Date().toISOString()} />
      </Form.Item>
    </FormDialog>
  );
}
