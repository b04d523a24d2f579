import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { Notice } from '@/kit/Notice';
import type { Seen, Step } from './retention';

interface Written {
  words?: string;
  keep?: string[];
}

/** Takes a step of a destruction, with what is to be said about it. */
export default function TakeStep({ seen, step, onClose }: { seen: Seen; step: Step; onClose: () => void }) {
  const { t } = useTranslation('retention');
  const fault = useFault();
  const settled = {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  };
  const steps = {
    appraise: queries.useMutation('post', '/api/retention/destructions/{id}/appraise', settled),
    approve: queries.useMutation('post', '/api/retention/destructions/{id}/approve', settled),
    stop: queries.useMutation('post', '/api/retention/destructions/{id}/stop', settled),
    witness: queries.useMutation('post', '/api/retention/destructions/{id}/witness', settled),
    destroy: queries.useMutation('post', '/api/retention/destructions/{id}/destroy', settled),
  };
  const { isPending, error } = steps[step];
  const params = { path: { id: seen.id } };
  const { rev } = seen;
  const take = ({ words = '', keep = [] }: Written) => {
    if (step === 'appraise') steps.appraise.mutate({ params, body: { rev, words, keep } });
    else if (step === 'witness' || step === 'destroy') steps[step].mutate({ params, body: { rev } });
    else steps[step].mutate({ params, body: { rev, words } });
  };
  const speaks = step === 'appraise' || step === 'approve' || step === 'stop';
  return (
    <FormDialog<Written> title={t(`do.${step}`)} lead={t(`lead.${step}`)} submit={t(`do.${step}`)} danger={step === 'destroy' || step === 'stop'} busy={isPending} error={fault(error)} onSubmit={take} onClose={onClose}>
      {step === 'destroy' && <Notice tone="error">{t('noWayBack', { count: seen.items - seen.kept })}</Notice>}
      {step === 'appraise' && (
        <Form.Item name="keep" label={t('keep')} extra={t('keepHint')}>
          <Select
            mode="multiple"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={seen.records.map(({ patient, recordNumber, called }) => ({ value: patient, label: `${recordNumber ?? `…${patient.slice(-6)}`} ${called}` }))}
          />
        </Form.Item>
      )}
      {speaks && (
        <Form.Item name="words" label={t(step === 'stop' ? 'reason' : 'finding')} rules={[{ required: step !== 'approve', whitespace: true, message: t('required') }]}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
