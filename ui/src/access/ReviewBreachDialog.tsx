import { Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import type { Freeze } from './FreezesTable';

const aDay = 24 * 60 * 60 * 1000;

/** Gives the verdict on a flagged breach: confirmed until a moment, or cleared. */
export default function ReviewBreachDialog({ freeze, confirmed, onClose }: { freeze: Freeze; confirmed: boolean; onClose: () => void }) {
  const { t } = useTranslation('access');
  const fault = useFault();
  const [inAMonth] = useState(() => new Date(Date.now() + 30 * aDay).toISOString());
  const review = queries.useMutation('post', '/api/freezes/{id}/review', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  const verdict = confirmed ? 'confirm' : 'clear';
  return (
    <FormDialog<{ words: string; until?: string }>
      title={t(`breach.${verdict}`)}
      lead={t(`breach.${verdict}Lead`)}
      submit={t(`breach.${verdict}`)}
      danger={confirmed}
      busy={review.isPending}
      error={fault(review.error)}
      initial={{ until: inAMonth }}
      onSubmit={({ words, until }) => review.mutate({ params: { path: { id: freeze.id } }, body: { confirmed, words, ...(confirmed && until && { until }) } })}
      onClose={onClose}
    >
      {confirmed && (
        <Form.Item name="until" htmlFor="breach-until" label={t('breach.until')} extra={t('breach.untilHint')} rules={[{ required: true, message: t('breach.required') }]}>
          <MomentInput id="breach-until" min={new Date().toISOString()} />
        </Form.Item>
      )}
      <Form.Item name="words" label={t('breach.verdictWords')} rules={[{ required: true, min: 4, message: t('ask.tooShort') }]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
