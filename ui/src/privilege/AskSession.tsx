import { Checkbox, Form, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { Notice } from '@/kit/Notice';

interface Asked {
  system: string;
  reason: string;
  minutes: number;
  urgent?: boolean;
}

/** Asks for a privileged session, or begins an urgent one that is reviewed. */
export default function AskSession({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('privilege');
  const fault = useFault();
  const ask = queries.useMutation('post', '/api/privilege/sessions', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const needed = { required: true, message: t('required') };
  return (
    <FormDialog<Asked> title={t('sessions.ask')} lead={t('sessions.askLead')} submit={t('submit')} busy={ask.isPending} error={fault(ask.error)} initial={{ minutes: 30 }} onSubmit={(body) => ask.mutate({ body })} onClose={onClose}>
      <Form.Item name="system" label={t('sessions.system')} rules={[needed]}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="reason" label={t('reason')} rules={[needed]}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      <Form.Item name="minutes" label={t('minutes')} rules={[needed]}>
        <InputNumber min={1} max={240} />
      </Form.Item>
      <Form.Item name="urgent" valuePropName="checked">
        <Checkbox>{t('sessions.urgentAsk')}</Checkbox>
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) => getFieldValue('urgent') === true && <Notice tone="warning">{t('sessions.urgentNote')}</Notice>}
      </Form.Item>
    </FormDialog>
  );
}
