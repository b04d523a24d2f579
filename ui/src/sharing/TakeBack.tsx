import { Form, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { DigestField } from '@/kit/DigestField';
import { FormDialog } from '@/kit/FormDialog';
import type { Handover } from './case';

const outcomes = ['returned', 'destroyed', 'kept-on-file'] as const;

interface Asked {
  outcome: (typeof outcomes)[number];
  evidence?: string;
}

/** Records what became of a copy, once. */
export default function TakeBack({ caseId, handover, onClose }: { caseId: string; handover: Handover; onClose: () => void }) {
  const { t } = useTranslation('sharing');
  const fault = useFault();
  const takeBack = queries.useMutation('post', '/api/sharing/cases/{id}/return', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  return (
    <FormDialog<Asked>
      title={t('takeBack')}
      lead={t('takeBackLead')}
      submit={t('takeBack')}
      busy={takeBack.isPending}
      error={fault(takeBack.error)}
      initial={{ outcome: 'returned' }}
      onSubmit={({ outcome, evidence }) => takeBack.mutate({ params: { path: { id: caseId } }, body: { handover: handover.id, outcome, ...(evidence && { evidence }) } })}
      onClose={onClose}
    >
      <Form.Item name="outcome" label={t('takeBackOutcome')}>
        <Radio.Group options={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))} />
      </Form.Item>
      <Form.Item name="evidence" label={t('takeBackEvidence')}>
        <DigestField label={t('takeBackEvidence')} />
      </Form.Item>
    </FormDialog>
  );
}
