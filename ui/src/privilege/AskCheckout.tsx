import { Form, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import type { Envelope } from './privilege';

interface Asked {
  reason: string;
  minutes: number;
}

/** Asks for one use of a credential. */
export default function AskCheckout({ envelope, onClose }: { envelope: Envelope; onClose: () => void }) {
  const { t } = useTranslation('privilege');
  const fault = useFault();
  const ask = queries.useMutation('post', '/api/privilege/envelopes/{id}/checkouts', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const needed = { required: true, message: t('required') };
  return (
    <FormDialog<Asked>
      title={t('envelopes.askTitle', { name: envelope.name })}
      lead={t('envelopes.askLead')}
      submit={t('submit')}
      busy={ask.isPending}
      error={fault(ask.error)}
      initial={{ minutes: 30 }}
      onSubmit={(body) => ask.mutate({ params: { path: { id: envelope.id } }, body })}
      onClose={onClose}
    >
      <Form.Item name="reason" label={t('reason')} rules={[needed]}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      <Form.Item name="minutes" label={t('minutes')} rules={[needed]}>
        <InputNumber min={1} max={240} />
      </Form.Item>
    </FormDialog>
  );
}
