import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { Instant } from '@/language/time';
import { PersonPicker } from '@/staff/PersonPicker';
import { useDepartments } from '@/staff/use-departments';
import styles from './AskFor.module.css';
import type { Patient } from './PatientPage';
import { rolesOf, type AskedKind } from './requisition-kind';

interface Asked {
  kind: AskedKind;
  department?: string;
  performers?: { person: string; role: string }[];
  planned?: Instant;
}

const kinds = Object.keys(rolesOf) as AskedKind[];
/** What takes place at a time that must be known before. */
const planned: AskedKind[] = ['operation', 'meeting'];

/** Asks others to do something for a patient. */
export default function AskFor({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const { t } = useTranslation('patient');
  const { message } = App.useApp();
  const fault = useFault();
  const ask = queries.useMutation('post', '/api/patients/{id}/requisitions', {
    onSuccess: async () => {
      onClose();
      void message.success(t('asking.done'));
      await cache.invalidateQueries();
    },
  });
  return (
    <FormDialog<Asked>
      title={t('asking.title', { name: patient.name })}
      lead={t('asking.lead')}
      submit={t('asking.submit')}
      width={560}
      busy={ask.isPending}
      error={fault(ask.error)}
      initial={{ kind: 'laboratory' }}
      onSubmit={(body) => ask.mutate({ params: { path: { id: patient.id } }, body })}
      onClose={onClose}
    >
      <Fields />
    </FormDialog>
  );
}

function Fields() {
  const { t } = useTranslation('patient');
  const text = useText();
  const departments = useDepartments();
  const kind = Form.useWatch<AskedKind | undefined>('kind') ?? 'laboratory';
  return (
    <>
      <Form.Item name="kind" label={t('asking.kind')}>
        <Select options={kinds.map((value) => ({ value, label: t(`team.what.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="department"
        label={t('asking.department')}
        dependencies={['performers']}
        rules={[
          ({ getFieldValue }) => ({
            required: !(getFieldValue('performers') as unknown[] | undefined)?.length,
            message: t('asking.departmentMissing'),
          }),
        ]}
      >
        <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={Object.entries(departments).map(([value, name]) => ({ value, label: text(name) }))} />
      </Form.Item>
      {planned.includes(kind) && (
        <Form.Item name="planned" preserve={false} label={t('asking.planned')} rules={[{ required: true, message: t('asking.plannedMissing') }]}>
          <MomentInput id="planned" min={new Date().toISOString()} />
        </Form.Item>
      )}
      <Performers key={kind} kind={kind} />
    </>
  );
}

/** Those whom the request names; a role belongs to its kind. */
function Performers({ kind }: { kind: AskedKind }) {
  const { t } = useTranslation('patient');
  const term = useTerm();
  const roles = rolesOf[kind];
  const needed = [{ required: true, message: t('asking.missing') }];
  return (
    <Form.Item label={t('asking.people')}>
      <Form.List name="performers">
        {(rows, { add, remove }) => (
          <div className={styles.people}>
            {rows.map(({ key, name }) => (
              <div key={key} className={styles.person}>
                <Form.Item name={[name, 'person']} rules={needed} noStyle>
                  <PersonPicker aria-label={t('asking.person')} />
                </Form.Item>
                <Form.Item name={[name, 'role']} rules={needed} noStyle>
                  <Select aria-label={t('asking.role')} options={roles.map((value) => ({ value, label: term('care', value) }))} />
                </Form.Item>
                <Button icon={<DeleteOutlined />} aria-label={t('asking.remove')} onClick={() => remove(name)} />
              </div>
            ))}
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ role: roles[0] })}>
              {t('asking.add')}
            </Button>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}
