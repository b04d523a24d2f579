import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { grounds } from './amendment';

/** Enters a complaint that a document was collected unlawfully. */
export default function Complain({ document, onClose }: { document: string; onClose: () => void }) {
  const { t } = useTranslation('amendment');
  const fault = useFault();
  const complain = queries.useMutation('post', '/api/documents/{id}/complaints', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  return (
    <FormDialog<{ ground: (typeof grounds)[number]; words: string }>
      title={t('complain')}
      lead={t('complainLead')}
      submit={t('complain')}
      busy={complain.isPending}
      error={fault(complain.error)}
      initial={{ ground: 'without-consent' }}
      onSubmit={(body) => complain.mutate({ params: { path: { id: document } }, body })}
      onClose={onClose}
    >
      <Form.Item name="ground" label={t('column.ground')}>
        <Select options={grounds.map((value) => ({ value, label: t(`ground.${value}`) }))} />
      </Form.Item>
      <Form.Item name="words" label={t('words')} rules={[{ required: true, message: t('wordsRequired') }]}>
        <Input.TextArea rows={4} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
