import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';

/** Steps that need a reason. */
export type Reasoned = 'return' | 'suspend' | 'end' | 'settle';

/** Asks why, and does it. */
export default function SayWhy({ id, way, onClose }: { id: string; way: Reasoned; onClose: () => void }) {
  const { t } = useTranslation('recipient');
  const fault = useFault();
  const settled = {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  };
  const steps = {
    return: queries.useMutation('post', '/api/recipients/{id}/return', settled),
    suspend: queries.useMutation('post', '/api/recipients/{id}/suspend', settled),
    end: queries.useMutation('post', '/api/recipients/{id}/end', settled),
    settle: queries.useMutation('post', '/api/recipients/findings/{id}/settle', settled),
  };
  const step = steps[way];
  return (
    <FormDialog<{ words: string }>
      title={t(`do.${way}`)}
      lead={t(`why.${way}`)}
      submit={t(`do.${way}`)}
      danger={way === 'end'}
      busy={step.isPending}
      error={fault(step.error)}
      onSubmit={(body) => step.mutate({ params: { path: { id } }, body })}
      onClose={onClose}
    >
      <Form.Item name="words" label={t('reason')} rules={[{ required: true, message: t('required') }]}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
