import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import type { AccountIssue } from './sysaccount';

interface Said {
  decision: 'confirm' | 'close';
  until?: string;
  words: string;
}

/** Lets a difference stand until a day, or has it taken back. */
export default function Dispose({ issue, onClose }: { issue: AccountIssue; onClose: () => void }) {
  const { t } = useTranslation('sysaccount');
  const fault = useFault();
  const dispose = queries.useMutation('post', '/api/system-accounts/issues/{id}/dispose', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const needed = { required: true, message: t('required') };
  return (
    <FormDialog<Said>
      title={t('dispose.do')}
      lead={`${t(`kind.${issue.kind}`)} · ${issue.source} / ${issue.account} ${issue.detail ?? ''}`}
      submit={t('dispose.do')}
      initial={{ decision: 'close' }}
      busy={dispose.isPending}
      error={fault(dispose.error)}
      onSubmit={({ decision, until, words }) =>
        dispose.mutate({ params: { path: { id: issue.id } }, body: { decision, words, ...(decision === 'confirm' && until && { until: new Date(`${until}T23:59:59`).toISOString() }) } })
      }
      onClose={onClose}
    >
      <Form.Item name="decision" label={t('dispose.decision')} rules={[needed]}>
        <Radio.Group options={(['close', 'confirm'] as const).map((value) => ({ value, label: t(`dispose.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) =>
          getFieldValue('decision') === 'confirm' && (
            <Form.Item name="until" label={t('dispose.until')} rules={[needed]}>
              <Input type="date" />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item name="words" label={t('reason')} rules={[needed]}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
