import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import type { Envelope } from './privilege';

interface Filled {
  part: number;
  secret: string;
}

/** Seals one half of a credential; the other half is somebody else's. */
export default function FillHalf({ envelope, onClose }: { envelope: Envelope; onClose: () => void }) {
  const { t } = useTranslation('privilege');
  const fault = useFault();
  const fill = queries.useMutation('post', '/api/privilege/envelopes/{id}/half', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const next = envelope.state === 'half' && envelope.firstBy ? 2 : 1;
  return (
    <FormDialog<Filled>
      title={t('envelopes.fillTitle', { name: envelope.name })}
      lead={t('envelopes.fillLead')}
      submit={t('envelopes.fill')}
      busy={fill.isPending}
      error={fault(fill.error)}
      initial={{ part: next }}
      onSubmit={(body) => fill.mutate({ params: { path: { id: envelope.id } }, body })}
      onClose={onClose}
    >
      <Form.Item name="part" label={t('envelopes.which')}>
        <Radio.Group options={[1, 2].map((value) => ({ value, label: t(`envelopes.part.${value as 1 | 2}`) }))} />
      </Form.Item>
      <Form.Item name="secret" label={t('envelopes.secret')} rules={[{ required: true, message: t('required') }]}>
        <Input.Password maxLength={120} autoComplete="new-password" />
      </Form.Item>
    </FormDialog>
  );
}
