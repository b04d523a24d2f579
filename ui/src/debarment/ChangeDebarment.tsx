import { Form, Input } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';

interface ChangeDebarmentProps {
  id: string;
  rev: number;
  end: boolean;
  onClose: () => void;
}

interface Written {
  words: string;
  review?: string;
  until?: string;
}

/** Asks that a debarment ends, or goes on to another review. Somebody else agrees. */
export default function ChangeDebarment({ id, rev, end, onClose }: ChangeDebarmentProps) {
  const { t } = useTranslation('debarment');
  const fault = useFault();
  const change = queries.useMutation('post', '/api/debarments/{id}/change', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  return (
    <FormDialog<Written>
      title={t(end ? 'change.end' : 'change.keep')}
      lead={t(end ? 'change.endLead' : 'change.keepLead')}
      submit={t('change.submit')}
      danger={end}
      busy={change.isPending}
      error={fault(change.error)}
      initial={end ? {} : { review: dayjs().startOf('day').add(1, 'year').toISOString() }}
      onSubmit={(written) => change.mutate({ params: { path: { id } }, body: { rev, end, ...written } })}
      onClose={onClose}
    >
      {!end && (
        <>
          <Form.Item name="review" htmlFor="debarment-review" label={t('column.review')} extra={t('field.reviewHint')}>
            <MomentInput id="debarment-review" />
          </Form.Item>
          <Form.Item name="until" htmlFor="debarment-until" label={t('column.until')} extra={t('field.untilHint')}>
            <MomentInput id="debarment-until" />
          </Form.Item>
        </>
      )}
      <Form.Item name="words" label={t('why')} rules={[{ required: true, message: t('required') }]}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
