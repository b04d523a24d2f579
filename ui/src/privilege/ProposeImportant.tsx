import { Form, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { useAct, type Operation } from './important';

interface Wanted {
  verb: string;
  minutes: number;
}

const longest = 10;

/** Proposes that an operation wants a second person, or fewer minutes; another person agrees. */
export default function ProposeImportant({ operation, addable, onClose }: { operation?: Operation | undefined; addable: string[]; onClose: () => void }) {
  const { t } = useTranslation('privilege');
  const fault = useFault();
  const act = useAct();
  const propose = queries.useMutation('post', '/api/important', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  const choices = operation ? [operation.verb] : addable;
  const least = operation && !operation.floor ? 0 : 1;
  return (
    <FormDialog<Wanted>
      title={t(operation ? 'important.change' : 'important.add')}
      lead={t('important.changeLead')}
      submit={t('important.propose')}
      busy={propose.isPending}
      error={fault(propose.error)}
      initial={{ minutes: operation?.minutes ?? longest, ...(operation && { verb: operation.verb }) }}
      onSubmit={(body) => propose.mutate({ body })}
      onClose={onClose}
    >
      <Form.Item name="verb" label={t('important.operation')} rules={[{ required: true, message: t('required') }]}>
        <Select showSearch={{ optionFilterProp: 'label' }} disabled={operation !== undefined} options={choices.map((value) => ({ value, label: `${act(value)} (${value})` }))} />
      </Form.Item>
      <Form.Item name="minutes" label={t('important.minutes')} rules={[{ required: true, message: t('required') }]} extra={least === 0 && t('important.zero')}>
        <InputNumber min={least} max={longest} precision={0} />
      </Form.Item>
    </FormDialog>
  );
}
