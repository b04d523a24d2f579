import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import type { ResponsibilitySeen } from './Responsibility';

interface Said {
  zh: string;
  en: string;
}

/** Writes the next version of the statement of responsibility. */
export default function StatementDialog({ seen, onClose }: { seen: ResponsibilitySeen | undefined; onClose: () => void }) {
  const { t } = useTranslation('access');
  const fault = useFault();
  const write = queries.useMutation('post', '/api/responsibility/statements', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  const rules = [{ required: true, min: 20, max: 2000, message: t('responsibility.length') }];
  const newest = seen?.versions?.[0];
  return (
    <FormDialog<Said>
      title={t('responsibility.write')}
      lead={t('responsibility.writeLead')}
      submit={t('responsibility.publish')}
      width={640}
      busy={write.isPending}
      error={fault(write.error)}
      initial={newest ? newest.said : { zh: t('responsibility.proposal', { lng: 'zh' }), en: t('responsibility.proposal', { lng: 'en' }) }}
      onSubmit={(said) => write.mutate({ body: { said } })}
      onClose={onClose}
    >
      <Form.Item name="zh" label={t('responsibility.inChinese')} rules={rules}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} />
      </Form.Item>
      <Form.Item name="en" label={t('responsibility.inEnglish')} rules={rules}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} />
      </Form.Item>
    </FormDialog>
  );
}
