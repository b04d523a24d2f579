import { Form, Input } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { DayField } from './DayField';

/** Says that somebody has passed the training without which a short stay gives nothing. */
export default function RecordTraining({ person, onClose }: { person: string; onClose: () => void }) {
  const { t } = useTranslation('staff');
  const fault = useFault();
  const record = queries.useMutation('post', '/api/persons/{id}/trainings', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  return (
    <FormDialog<{ course: string; until: Dayjs }>
      title={t('training.add')}
      lead={t('training.lead')}
      submit={t('add.submit')}
      busy={record.isPending}
      error={fault(record.error)}
      initial={{ until: dayjs().add(1, 'year') }}
      onSubmit={({ course, until }) => record.mutate({ params: { path: { id: person } }, body: { course, until: until.endOf('day').toISOString() } })}
      onClose={onClose}
    >
      <Form.Item name="course" label={t('training.course')} rules={[{ required: true, message: t('add.required') }]}>
        <Input maxLength={80} placeholder={t('training.courseHint')} />
      </Form.Item>
      <DayField name="until" label={t('training.until')} least={dayjs()} />
    </FormDialog>
  );
}
