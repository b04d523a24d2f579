import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { Notice } from '@/kit/Notice';
import type { RequirementSet } from './deadline';

/** Approves or rejects what somebody else proposed, with what it would change before one's eyes. */
export default function Settle({ set, onClose }: { set: RequirementSet; onClose: () => void }) {
  const { t } = useTranslation('deadline');
  const fault = useFault();
  const effect = queries.useQuery('post', '/api/deadlines/sets/preview', { body: { requirements: set.requirements } });
  const settle = queries.useMutation('post', '/api/deadlines/sets/{id}/settle', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  return (
    <FormDialog<{ approve: boolean; words?: string }>
      title={t('sets.settleTitle', { number: set.number })}
      lead={set.why}
      submit={t('sets.settle')}
      busy={settle.isPending}
      error={fault(settle.error)}
      onSubmit={(body) => settle.mutate({ params: { path: { id: set.id } }, body })}
      onClose={onClose}
    >
      {effect.data && <Notice>{t('sets.effect', effect.data)}</Notice>}
      <Form.Item name="approve" label={t('sets.verdict')} rules={[{ required: true, message: t('required') }]}>
        <Radio.Group options={[{ value: true, label: t('sets.approve') }, { value: false, label: t('sets.reject') }]} />
      </Form.Item>
      <Form.Item name="words" label={t('sets.words')} dependencies={['approve']} rules={[({ getFieldValue }) => ({ required: getFieldValue('approve') === false, message: t('required') })]}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
