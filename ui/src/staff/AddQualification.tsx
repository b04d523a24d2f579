import { Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { DayField } from './DayField';
import { qualificationKinds, type QualificationKind } from './qualification';

interface Asked {
  kind: QualificationKind;
  number: string;
  issuer?: string;
  since: Dayjs;
  until: Dayjs;
}

/** Registers a certificate that was seen on paper. */
export default function AddQualification({ person, onClose }: { person: string; onClose: () => void }) {
  const { t } = useTranslation('staff');
  const fault = useFault();
  const add = queries.useMutation('post', '/api/persons/{id}/qualifications', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  const needed = [{ required: true, message: t('add.required') }];
  return (
    <FormDialog<Asked>
      title={t('qualifications.add')}
      submit={t('add.submit')}
      busy={add.isPending}
      error={fault(add.error)}
      onSubmit={({ since, until, ...rest }) => add.mutate({ params: { path: { id: person } }, body: { ...rest, since: since.startOf('day').toISOString(), until: until.endOf('day').toISOString() } })}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t('qualifications.kind')} rules={needed}>
        <Select options={qualificationKinds.map((value) => ({ value, label: t(`qualifications.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="number" label={t('qualifications.number')} rules={needed}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="issuer" label={t('qualifications.issuer')}>
        <Input maxLength={80} />
      </Form.Item>
      <DayField name="since" label={t('qualifications.since')} most={dayjs()} />
      <DayField name="until" label={t('qualifications.until')} least={dayjs()} />
    </FormDialog>
  );
}
