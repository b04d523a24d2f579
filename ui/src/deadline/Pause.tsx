import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import { causes, type Due } from './deadline';

interface Asked {
  cause: (typeof causes)[number];
  words: string;
  until: string;
}

/** Lets a clock stand still, with the reason and an end. */
export default function Pause({ due, onClose }: { due: Due; onClose: () => void }) {
  const { t } = useTranslation('deadline');
  const fault = useFault();
  const pause = queries.useMutation('post', '/api/deadlines/dues/{id}/pause', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const needed = [{ required: true, message: t('required') }];
  return (
    <FormDialog<Asked>
      title={t('pause.title')}
      lead={t('pause.lead')}
      submit={t('pause.do')}
      busy={pause.isPending}
      error={fault(pause.error)}
      onSubmit={(body) => pause.mutate({ params: { path: { id: due.id } }, body })}
      onClose={onClose}
    >
      <Form.Item name="cause" label={t('pause.cause')} rules={needed}>
        <Select options={causes.map((value) => ({ value, label: t(`cause.${value}`) }))} />
      </Form.Item>
      <Form.Item name="words" label={t('pause.words')} rules={needed}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      <Form.Item name="until" label={t('pause.until')} rules={needed}>
        <MomentInput id="until" />
      </Form.Item>
    </FormDialog>
  );
}
