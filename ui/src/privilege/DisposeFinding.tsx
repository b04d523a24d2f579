import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import type { Finding } from './privilege';

const disposals = ['restored', 'accounted', 'misconduct'] as const;

interface Said {
  disposal: (typeof disposals)[number];
  words: string;
}

/** Says what became of a finding. */
export default function DisposeFinding({ finding, onClose }: { finding: Finding; onClose: () => void }) {
  const { t } = useTranslation('privilege');
  const fault = useFault();
  const dispose = queries.useMutation('post', '/api/privilege/findings/{id}/dispose', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const needed = { required: true, message: t('required') };
  return (
    <FormDialog<Said>
      title={t('findings.dispose')}
      lead={`${t(`kind.${finding.kind}`)} · ${finding.table ?? ''} ${finding.row ?? ''}`}
      submit={t('findings.dispose')}
      busy={dispose.isPending}
      error={fault(dispose.error)}
      onSubmit={(body) => dispose.mutate({ params: { path: { id: finding.id } }, body })}
      onClose={onClose}
    >
      <Form.Item name="disposal" label={t('findings.disposal')} rules={[needed]}>
        <Select options={disposals.map((value) => ({ value, label: t(`disposal.${value}`) }))} />
      </Form.Item>
      <Form.Item name="words" label={t('findings.words')} rules={[needed]}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
