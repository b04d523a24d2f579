import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { queries, type Schemas } from '@/api/client';
import { FormDialog } from '@/kit/FormDialog';
import { useTerm } from '@/language/terms';
import { rolesShown } from '@/staff/roles-shown';
import { outputsChanged } from './changed';
import styles from './Output.module.css';
import type { Profile } from './output';
import { Refused } from './Refused';

const switches = ['prints', 'exports', 'named', 'recipient', 'stamp', 'case'] as const;
type Switch = (typeof switches)[number];
/** What was never ticked is absent. */
type Values = Omit<Schemas['OutputProfileIn'], Switch> & Partial<Record<Switch, boolean>> & { id: string };

const purposes = ['care', 'quality', 'coding', 'infection', 'insurance', 'management', 'teaching', 'research', 'legal', 'patient-request', 'supervision', 'operation'];
const bounds = { threshold: 0, burst: 1, night: 0, holdMinutes: 1, fileHours: 1, downloads: 1, codeHours: 1 };

const blank: Partial<Values> = { purposes: [], exports: true, case: true, quotas: [{ day: 50, month: 500 }], threshold: 50, burst: 100, night: 20, holdMinutes: 30, fileHours: 24, downloads: 3, codeHours: 8 };

/** Sets how much may leave for one use, and what a copy bears. Without a profile to begin with, a new one. */
export default function SetProfile({ from, onClose }: { from: Profile | undefined; onClose: () => void }) {
  const { t } = useTranslation('output');
  const term = useTerm();
  const set = queries.useMutation('put', '/api/output/profiles/{id}', {
    onSuccess: async () => {
      onClose();
      await outputsChanged();
    },
  });
  const needed = [{ required: true, message: t('needed') }];
  const submit = ({ id, quotas, name, purposes: chosen, ...rest }: Values) => {
    const told = Object.fromEntries(switches.map((one) => [one, rest[one] ?? false])) as Record<Switch, boolean>;
    set.mutate({
      params: { path: { id: from?.id ?? id } },
      body: { ...rest, ...told, name, purposes: chosen, quotas: (quotas ?? []).map(({ role, day, month }) => ({ day, month, ...(role && { role }) })), rev: from?.rev ?? 0 },
    });
  };
  return (
    <FormDialog<Values> title={from ? t('rules.setProfile') : t('rules.addProfile')} lead={t('rules.profileLead')} submit={t('save')} width={760} busy={set.isPending} initial={from ?? blank} onSubmit={submit} onClose={onClose}>
      <Refused error={set.error} />
      <div className={styles.fields}>
        {!from && (
          <Form.Item name="id" label={t('rules.id')} rules={[...needed, { pattern: /^[a-z][a-z0-9-]*$/, message: t('rules.idHint') }]}>
            <Input maxLength={40} />
          </Form.Item>
        )}
        <Form.Item name={['name', 'zh']} label={t('rules.nameZh')} rules={needed}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name={['name', 'en']} label={t('rules.nameEn')}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="purposes" label={t('purpose')} rules={needed} className={styles.wide}>
          <Select mode="multiple" options={purposes.map((value) => ({ value, label: term('purpose', value) }))} />
        </Form.Item>
        {switches.map((one) => (
          <Form.Item key={one} name={one} valuePropName="checked">
            <Checkbox>{t(`rules.switches.${one}`)}</Checkbox>
          </Form.Item>
        ))}
      </div>
      <Quotas />
      <div className={styles.fields}>
        {Object.entries(bounds).map(([one, least]) => (
          <Form.Item key={one} name={one} label={t(`rules.bounds.${one as keyof typeof bounds}`)} rules={needed}>
            <InputNumber min={least} precision={0} />
          </Form.Item>
        ))}
      </div>
    </FormDialog>
  );
}

/** Quotas by role; the one without a role is for everybody else. */
function Quotas() {
  const { t } = useTranslation('output');
  const term = useTerm();
  return (
    <Form.List name="quotas">
      {(fields, { add, remove }) => (
        <fieldset className={styles.quotas}>
          <legend>{t('rules.quotas')}</legend>
          {fields.map(({ key, name }) => (
            <div key={key} className={styles.row}>
              <Form.Item name={[name, 'role']} label={t('rules.role')}>
                <Select allowClear placeholder={t('rules.everybody')} popupMatchSelectWidth={false} style={{ width: 170 }} options={rolesShown.map((value) => ({ value, label: term('role', value) }))} />
              </Form.Item>
              <Form.Item name={[name, 'day']} label={t('rules.perDay')}>
                <InputNumber min={0} precision={0} />
              </Form.Item>
              <Form.Item name={[name, 'month']} label={t('rules.perMonth')}>
                <InputNumber min={0} precision={0} />
              </Form.Item>
              <Form.Item label=" ">
                <Button icon={<DeleteOutlined />} aria-label={t('rules.dropQuota')} onClick={() => remove(name)} />
              </Form.Item>
            </div>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add({ day: 50, month: 500 })}>
            {t('rules.addQuota')}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}
