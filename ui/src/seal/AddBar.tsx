import { Form, Input, Radio } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { PatientPicker } from '@/access/PatientPicker';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { DayField } from '@/staff/DayField';
import { PersonPicker } from '@/staff/PersonPicker';
import { barCauses, type Bar } from './seal';

interface Asked {
  person: string;
  patient: string;
  cause: Bar['cause'];
  words: string;
  until: Dayjs;
}

/** Keeps somebody away from a patient until a day. */
export default function AddBar({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('seal');
  const fault = useFault();
  const bar = queries.useMutation('post', '/api/bars', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  const needed = { required: true, message: t('required') };
  return (
    <FormDialog<Asked>
      title={t('bars.add')}
      lead={t('bars.lead')}
      submit={t('bars.submit')}
      busy={bar.isPending}
      error={fault(bar.error)}
      initial={{ cause: 'dispute', until: dayjs().add(6, 'month') }}
      onSubmit={({ until, ...rest }) => bar.mutate({ body: { ...rest, until: until.endOf('day').toISOString() } })}
      onClose={onClose}
    >
      <Form.Item name="person" label={t('bars.person')} rules={[needed]}>
        <PersonPicker />
      </Form.Item>
      <Form.Item name="patient" label={t('patient')} rules={[needed]}>
        <PatientPicker label={t('patient')} />
      </Form.Item>
      <Form.Item name="cause" label={t('bars.cause')}>
        <Radio.Group options={barCauses.map((value) => ({ value, label: t(`bars.causes.${value}`) }))} />
      </Form.Item>
      <Form.Item name="words" label={t('why')} rules={[needed, { min: 4, message: t('whyShort') }]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <DayField name="until" label={t('until')} least={dayjs()} most={dayjs().add(3, 'year')} />
    </FormDialog>
  );
}
