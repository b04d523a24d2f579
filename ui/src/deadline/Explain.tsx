import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { choices, type Due } from './deadline';

interface Said {
  choice: (typeof choices)[number];
  words?: string;
}

/** Says why a document is late; it stays late. */
export default function Explain({ due, onClose }: { due: Due; onClose: () => void }) {
  const { t } = useTranslation('deadline');
  const fault = useFault();
  const explain = queries.useMutation('post', '/api/deadlines/dues/{id}/explain', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  return (
    <FormDialog<Said>
      title={t('explain.title')}
      lead={t('explain.lead')}
      submit={t('explain.do')}
      busy={explain.isPending}
      error={fault(explain.error)}
      onSubmit={(body) => explain.mutate({ params: { path: { id: due.id } }, body })}
      onClose={onClose}
    >
      <Form.Item name="choice" label={t('explain.choice')} rules={[{ required: true, message: t('required') }]}>
        <Select options={choices.map((value) => ({ value, label: t(`choice.${value}`) }))} />
      </Form.Item>
      <Form.Item name="words" label={t('explain.words')} dependencies={['choice']} rules={[({ getFieldValue }) => ({ required: getFieldValue('choice') === 'other', message: t('required') })]}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
