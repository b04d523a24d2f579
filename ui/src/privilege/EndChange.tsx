import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';

const outcomes = ['carried-out', 'rolled-back', 'nothing-done'] as const;

interface Said {
  outcome: (typeof outcomes)[number];
  words: string;
}

/** Closes a change with its outcome, or refuses it with a reason. */
export default function EndChange({ id, way, onClose }: { id: string; way: 'close' | 'refuse'; onClose: () => void }) {
  const { t } = useTranslation('privilege');
  const fault = useFault();
  const settled = {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  };
  const close = queries.useMutation('post', '/api/privilege/changes/{id}/close', settled);
  const refuse = queries.useMutation('post', '/api/privilege/changes/{id}/refuse', settled);
  const params = { path: { id } };
  const needed = { required: true, message: t('required') };
  return (
    <FormDialog<Said>
      title={t(`changes.do.${way}`)}
      lead={t(way === 'close' ? 'changes.closeLead' : 'changes.refuseLead')}
      submit={t(`changes.do.${way}`)}
      busy={close.isPending || refuse.isPending}
      error={fault(close.error ?? refuse.error)}
      initial={{ outcome: 'carried-out' }}
      onSubmit={({ outcome, words }) => (way === 'close' ? close.mutate({ params, body: { outcome, result: words } }) : refuse.mutate({ params, body: { words } }))}
      onClose={onClose}
    >
      {way === 'close' && (
        <Form.Item name="outcome" label={t('changes.outcome')} rules={[needed]}>
          <Select options={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))} />
        </Form.Item>
      )}
      <Form.Item name="words" label={t(way === 'close' ? 'changes.result' : 'reason')} rules={[needed]}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
