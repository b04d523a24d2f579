import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';

interface Added {
  name: string;
  system: string;
  account: string;
}

/** Adds an empty envelope for an account of another system. */
export default function AddEnvelope({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('privilege');
  const fault = useFault();
  const add = queries.useMutation('post', '/api/privilege/envelopes', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const needed = { required: true, message: t('required') };
  return (
    <FormDialog<Added> title={t('envelopes.add')} lead={t('envelopes.addLead')} submit={t('envelopes.add')} busy={add.isPending} error={fault(add.error)} onSubmit={(body) => add.mutate({ body })} onClose={onClose}>
      <Form.Item name="name" label={t('envelopes.name')} rules={[needed]}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="system" label={t('sessions.system')} extra={t('envelopes.systemHint')} rules={[needed]}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="account" label={t('envelopes.accountName')} rules={[needed]}>
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}
