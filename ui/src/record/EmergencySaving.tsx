import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { FormDialog } from '@/kit/FormDialog';
import { emergencies, type Emergency } from './consented';

interface EmergencySavingProps {
  patient: string;
  busy: boolean;
  error: string | undefined;
  onSave: (emergency: { choice: Emergency; words: string }) => void;
  onClose: () => void;
}

/** What needs the patient's signature is saved before he gave it, because there is no time for it. */
export default function EmergencySaving({ patient, busy, error, onSave, onClose }: EmergencySavingProps) {
  const { t } = useTranslation('record');
  return (
    <FormDialog<{ choice: Emergency; words: string }>
      title={t('consented.title')}
      lead={
        <>
          {t('consented.lead')} <Link to={`/patients/${patient}?tab=consents`}>{t('consented.obtain')}</Link>
        </>
      }
      submit={t('consented.save')}
      busy={busy}
      error={error}
      onSubmit={onSave}
      onClose={onClose}
    >
      <Form.Item name="choice" label={t('consented.choice')} rules={[{ required: true, message: t('consented.required') }]}>
        <Radio.Group vertical options={emergencies.map((value) => ({ value, label: t(`consented.choices.${value}`) }))} />
      </Form.Item>
      <Form.Item name="words" label={t('consented.words')} extra={t('consented.follows')} rules={[{ required: true, message: t('consented.required') }]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
