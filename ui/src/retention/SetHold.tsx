import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { PatientPicker } from '@/access/PatientPicker';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import type { Instant } from '@/language/time';
import type { Hold } from './retention';

const bases: Hold['basis'][] = ['lawsuit', 'dispute', 'inquiry', 'research', 'other'];

interface Written {
  patient: string;
  basis: Hold['basis'];
  words: string;
  until: Instant;
}

/** Keeps a patient's record beyond its term until a day. */
export default function SetHold({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('retention');
  const fault = useFault();
  const set = queries.useMutation('post', '/api/retention/holds', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const needed = { required: true, message: t('required') };
  return (
    <FormDialog<Written> title={t('hold.title')} lead={t('hold.lead')} submit={t('hold.submit')} busy={set.isPending} error={fault(set.error)} onSubmit={(body) => set.mutate({ body })} onClose={onClose}>
      <Form.Item name="patient" label={t('column.patient')} rules={[needed]}>
        <PatientPicker label={t('column.patient')} />
      </Form.Item>
      <Form.Item name="basis" label={t('column.basis')} rules={[needed]}>
        <Select options={bases.map((basis) => ({ value: basis, label: t(`basis.${basis}`) }))} />
      </Form.Item>
      <Form.Item name="words" label={t('reason')} extra={t('hold.wordsHint')} rules={[{ ...needed, whitespace: true }]}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <Form.Item name="until" label={t('column.until')} extra={t('hold.untilHint')} rules={[needed]}>
        <MomentInput id="until" />
      </Form.Item>
    </FormDialog>
  );
}
