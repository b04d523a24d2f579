import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import type { LogFinding } from './accesslog';

/** Says what became of a finding about a log. */
export default function Settle({ finding, onClose }: { finding: LogFinding; onClose: () => void }) {
  const { t } = useTranslation('accesslog');
  const fault = useFault();
  const settle = queries.useMutation('post', '/api/access-logs/findings/{id}/settle', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  return (
    <FormDialog<{ words: string }>
      title={t('findings.settle')}
      lead={t(`finding.${finding.kind}`)}
      submit={t('findings.settle')}
      busy={settle.isPending}
      error={fault(settle.error)}
      onSubmit={(body) => settle.mutate({ params: { path: { id: finding.id } }, body })}
      onClose={onClose}
    >
      <Form.Item name="words" label={t('reason')} rules={[{ required: true, message: t('required') }]}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
