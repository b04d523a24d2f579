import { DeleteOutlined } from '@ant-design/icons';
import { Button, Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { PatientPicker } from '@/access/PatientPicker';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { Notice } from '@/kit/Notice';
import { useTerm } from '@/language/terms';
import { PersonPicker } from '@/staff/PersonPicker';
import { sealKinds, type Seal } from './seal';
import styles from './Seal.module.css';

interface Asked {
  kind: Seal['kind'];
  patient: string;
  words: string;
  people?: string[];
  parties?: { side: 'hospital' | 'patient' | 'witness'; name: string }[];
  documents?: string;
}

const sides = ['hospital', 'patient', 'witness'] as const;

/** Seals a patient at once, or his documents with both parties present. */
export default function PlaceSeal({ patient, onPlaced, onClose }: { patient?: { id: string; name: string }; onPlaced: (seal: Seal) => void; onClose: () => void }) {
  const { t } = useTranslation('seal');
  const fault = useFault();
  const place = queries.useMutation('post', '/api/seals', {
    onSuccess: async (seal) => {
      await cache.invalidateQueries();
      onPlaced(seal);
    },
  });
  const submit = ({ kind, patient: whom, words, people, parties, documents }: Asked) => {
    const listed = (documents ?? '').split(/[\s,，、]+/).filter(Boolean);
    place.mutate({
      body: { kind, patient: whom, words, ...(kind === 'attention' ? { people: people ?? [] } : { parties: parties ?? [], ...(listed.length > 0 && { documents: listed }) }) },
    });
  };
  const needed = { required: true, message: t('required') };
  return (
    <FormDialog<Asked>
      title={t('place')}
      submit={t('placeSubmit')}
      danger
      width={620}
      busy={place.isPending}
      error={fault(place.error)}
      initial={{ kind: 'attention', ...(patient && { patient: patient.id }), parties: [{ side: 'hospital', name: '' }, { side: 'patient', name: '' }] }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="patient" label={patient ? t('patientOf', { name: patient.name }) : t('patient')} rules={[needed]} hidden={patient !== undefined}>
        <PatientPicker label={t('patient')} />
      </Form.Item>
      <KindFields />
      <Form.Item name="words" label={t('why')} rules={[needed, { min: 4, message: t('whyShort') }]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}

function KindFields() {
  const { t } = useTranslation('seal');
  const term = useTerm();
  const kind = Form.useWatch<Seal['kind'] | undefined>('kind') ?? 'attention';
  return (
    <>
      <Form.Item name="kind" label={t('kind')}>
        <Radio.Group optionType="button" options={sealKinds.map((value) => ({ value, label: term('seal', value) }))} />
      </Form.Item>
      <Notice tone="warning">{t(`effects.${kind}`)}</Notice>
      {kind === 'attention' ? (
        <Form.Item name="people" label={t('people')} extra={t('peopleHint')}>
          <PersonPicker mode="multiple" />
        </Form.Item>
      ) : (
        <>
          <Parties />
          <Form.Item name="documents" label={t('documentsAsked')} extra={t('documentsHint')}>
            <Input.TextArea rows={2} maxLength={16_000} />
          </Form.Item>
        </>
      )}
    </>
  );
}

function Parties() {
  const { t } = useTranslation('seal');
  return (
    <Form.Item label={t('present')} extra={t('presentHint')}>
      <Form.List name="parties">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className={styles.party}>
                <Form.Item name={[name, 'side']} noStyle>
                  <Select aria-label={t('side')} options={sides.map((value) => ({ value, label: t(`sides.${value}`) }))} />
                </Form.Item>
                <Form.Item name={[name, 'name']} noStyle rules={[{ required: true, message: t('required') }]}>
                  <Input maxLength={80} aria-label={t('name')} placeholder={t('name')} />
                </Form.Item>
                <Button icon={<DeleteOutlined />} aria-label={t('remove')} disabled={fields.length <= 2} onClick={() => remove(name)} />
              </div>
            ))}
            <Button size="small" onClick={() => add({ side: 'witness', name: '' })}>
              {t('addParty')}
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}
