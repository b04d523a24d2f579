import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import type { Destruction, Due } from './retention';

interface Written {
  title: string;
  words: string;
  patients?: string[];
}

/** Lists records for destruction: those chosen, or as many as are due and fit. */
export default function DrawUp({ due, onDrawn, onClose }: { due: Due[]; onDrawn: (drawn: Destruction) => void; onClose: () => void }) {
  const { t } = useTranslation('retention');
  const fault = useFault();
  const draw = queries.useMutation('post', '/api/retention/destructions', {
    onSuccess: async (drawn) => {
      await cache.invalidateQueries();
      onDrawn(drawn);
    },
  });
  const needed = { required: true, whitespace: true, message: t('required') };
  return (
    <FormDialog<Written> title={t('drawUp.title')} lead={t('drawUp.lead')} submit={t('drawUp.submit')} busy={draw.isPending} error={fault(draw.error)} onSubmit={(body) => draw.mutate({ body })} onClose={onClose}>
      <Form.Item name="title" label={t('drawUp.name')} extra={t('drawUp.nameHint')} rules={[needed]}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="words" label={t('reason')} rules={[needed]}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <Form.Item name="patients" label={t('drawUp.only')} extra={t('drawUp.onlyHint')}>
        <Select mode="multiple" allowClear maxCount={120} showSearch={{ optionFilterProp: 'label' }} options={due.map(({ patient, called }) => ({ value: patient, label: `${called} …${patient.slice(-6)}` }))} />
      </Form.Item>
    </FormDialog>
  );
}
