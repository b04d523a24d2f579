import { DatePicker, Form, Radio } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';

const kinds = ['resigned', 'retired', 'expired', 'dismissed', 'deceased'] as const;

interface Asked {
  kind: (typeof kinds)[number];
  at?: Dayjs | null;
}

/** Records that somebody leaves: everything he holds ends then, and the exit list is opened. */
export default function Leave({ person, name, onClose }: { person: string; name: string; onClose: () => void }) {
  const { t } = useTranslation('staff');
  const fault = useFault();
  const leave = queries.useMutation('post', '/api/persons/{id}/leave', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  return (
    <FormDialog<Asked>
      title={t('leave.title', { name })}
      lead={t('leave.lead')}
      submit={t('leave.submit')}
      danger
      busy={leave.isPending}
      error={fault(leave.error)}
      initial={{ kind: 'resigned' }}
      onSubmit={({ kind, at }) => leave.mutate({ params: { path: { id: person } }, body: { kind, ...(at && { at: at.toISOString() }) } })}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t('leave.kind')}>
        <Radio.Group options={kinds.map((value) => ({ value, label: t(`leave.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="at" label={t('leave.at')} extra={t('leave.atHint')}>
        <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} minDate={dayjs()} maxDate={dayjs().add(1, 'year')} />
      </Form.Item>
    </FormDialog>
  );
}
