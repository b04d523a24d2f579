import { EyeOutlined } from '@ant-design/icons';
import { Button, Drawer, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries, type Schemas } from '@/api/client';
import { cache } from '@/api/cache';
import { useFault } from '@/api/fault';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Facts } from '@/kit/Facts';
import { FormDialog } from '@/kit/FormDialog';
import { Pill } from '@/kit/Pill';
import { useRow, useText } from '@/language/text';
import BeginProgram from '@/program/BeginProgram';
import styles from './DetailsDrawer.module.css';
import type { Patient } from './PatientPage';

type Mask = Schemas['PolicyMask'];

/** How to reach the patient and who he is by number; what is masked is shown once it was said why. */
export default function DetailsDrawer({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const { t } = useTranslation('patient');
  const { roles } = useSession();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Drawer open onClose={onClose} size={420} mask={false} title={t('details.title')}>
        <Known patient={patient} onShow={may(roles, 'unmask') ? () => setAsking(true) : undefined} />
        <BeginProgram patient={patient.id} encounter={patient.encounters?.find(({ until }) => !until)?.id} />
      </Drawer>
      {asking && <Unmask patient={patient} onClose={() => setAsking(false)} />}
    </>
  );
}

interface KnownProps {
  patient: Patient;
  onShow: (() => void) | undefined;
}

/** The fields, each with a way to see it where it is masked. */
export function Known({ patient, onShow }: KnownProps) {
  const { t } = useTranslation('patient');
  const row = useRow();
  const contacts = (patient.contacts ?? []).map(({ name, relation, phone }) => [name, relation, phone].filter(Boolean).join(' '));
  const fields = {
    idNumber: patient.idNumber,
    phone: patient.phone,
    address: patient.address,
    contacts: row(contacts),
  };
  const masked = (field: string) => patient.masks?.find((mask) => mask.field === field);
  const facts = Object.entries(fields).map(([field, value]) => ({
    label: t(`details.${field as keyof typeof fields}`),
    value: <Field value={value} mask={masked(field)} onShow={onShow} />,
  }));
  return <Facts facts={[...facts, { label: t('details.insurance'), value: patient.insurance || '–' }]} />;
}

function Field({ value, mask, onShow }: { value: string | undefined; mask: Mask | undefined; onShow: (() => void) | undefined }) {
  const { t } = useTranslation('patient');
  const text = useText();
  if (!mask) return value || '–';
  return (
    <span className={styles.masked}>
      <span>{value || '***'}</span>
      {mask.unmask && onShow ? (
        <Button size="small" icon={<EyeOutlined />} onClick={onShow}>
          {t('details.show')}
        </Button>
      ) : (
        <Pill title={text(mask.remedy)}>{t('details.masked')}</Pill>
      )}
      {!mask.unmask && <span className={styles.remedy}>{text(mask.remedy)}</span>}
    </span>
  );
}

interface Why {
  choice: string;
  words?: string;
}

function Unmask({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const { t } = useTranslation('patient');
  const text = useText();
  const fault = useFault();
  const [choice, setChoice] = useState<string>();
  const choices = queries.useQuery('get', '/api/reason-choices', {}, { staleTime: Infinity });
  const say = queries.useMutation('post', '/api/patients/{id}/unmask', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: queries.queryOptions('get', '/api/patients/{id}', { params: { path: { id: patient.id } } }).queryKey });
    },
  });
  const offered = (choices.data?.choices ?? []).filter(({ kind }) => kind === 'unmask');
  const must = choice?.startsWith('other') ?? false;
  return (
    <FormDialog<Why> title={t('details.why')} lead={t('details.whyLead')} submit={t('details.show')} busy={say.isPending} error={fault(say.error ?? choices.error)} onSubmit={({ choice: chosen, words }) => say.mutate({ params: { path: { id: patient.id } }, body: { choice: chosen, ...(words && { words }) } })} onClose={onClose}>
      <Form.Item name="choice" label={t('details.reason')} rules={[{ required: true, message: t('details.reasonMissing') }]}>
        <Select options={offered.map(({ id, name }) => ({ value: id, label: text(name) }))} onChange={setChoice} />
      </Form.Item>
      <Form.Item name="words" label={t(must ? 'details.words' : 'details.wordsOptional')} rules={must ? [{ required: true, min: 4, message: t('details.wordsMissing') }] : []}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
