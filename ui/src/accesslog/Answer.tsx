import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import type { Question } from './accesslog';

/** Says why it was looked at, or hands it on as a possible misuse. */
export default function Answer({ question, way, onClose }: { question: Question; way: 'explain' | 'raise'; onClose: () => void }) {
  const { t } = useTranslation('accesslog');
  const fault = useFault();
  const settled = {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  };
  const ways = {
    explain: queries.useMutation('post', '/api/access-logs/questions/{id}/explain', settled),
    raise: queries.useMutation('post', '/api/access-logs/questions/{id}/raise', settled),
  };
  return (
    <FormDialog<{ words: string }>
      title={t(`questions.${way}`)}
      lead={t(`questions.${way}Lead`)}
      submit={t(`questions.${way}`)}
      danger={way === 'raise'}
      busy={ways[way].isPending}
      error={fault(ways[way].error)}
      onSubmit={(body) => ways[way].mutate({ params: { path: { id: question.id } }, body })}
      onClose={onClose}
    >
      <Form.Item name="words" label={t('reason')} rules={[{ required: true, message: t('required') }]}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
