import { Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { useText } from '@/language/text';
import { PersonPicker } from '@/staff/PersonPicker';
import { useDepartments } from '@/staff/use-departments';
import type { Source } from './source';
import styles from './Source.module.css';

interface WriteSourceProps {
  /** The source that is written anew; a fresh one without. */
  of?: Source;
  onWritten: (source: Source) => void;
  onClose: () => void;
}

interface Written {
  code: string;
  nameZh: string;
  nameEn?: string;
  kinds: string[];
  owner: string;
  vendor?: string;
  purpose: string;
  standard?: string;
  shapes: string[];
  departments?: string[];
  senders?: string;
  networks: string;
  perMinute: number;
  silentMinutes?: number;
}

const lines = (text: string | undefined) => (text ?? '').split(/[\n,，]/).map((line) => line.trim()).filter(Boolean);
const usual = { kinds: ['rest'], perMinute: 600, silentMinutes: 0 };

function asWritten(of: Source): Written {
  return {
    ...of,
    kinds: of.kinds ?? [],
    shapes: of.shapes ?? [],
    departments: of.departments ?? [],
    networks: (of.networks ?? []).join('\n'),
    senders: (of.senders ?? []).map(({ application, facility }) => (facility ? `${application}/${facility}` : application)).join('\n'),
  };
}

/** Registers a source, or writes one anew. */
export default function WriteSource({ of, onWritten, onClose }: WriteSourceProps) {
  const { t } = useTranslation('source');
  const text = useText();
  const fault = useFault();
  const departments = useDepartments();
  const choices = queries.useQuery('get', '/api/sources/choices', {});
  const settled = {
    onSuccess: async (written: Source) => {
      await cache.invalidateQueries();
      onClose();
      onWritten(written);
    },
  };
  const register = queries.useMutation('post', '/api/sources', settled);
  const change = queries.useMutation('put', '/api/sources/{id}', settled);
  const needed = { required: true, message: t('required') };
  const options = (all: { id: string; name: { zh: string; en: string } }[] | null | undefined) => (all ?? []).filter(({ id }) => id !== 'by-hand').map(({ id, name }) => ({ value: id, label: text(name) }));
  const submit = ({ code, nameZh, nameEn, kinds, owner, vendor, purpose, standard, shapes, departments: about, senders, networks, perMinute, silentMinutes }: Written) => {
    const body = {
      code,
      nameZh,
      nameEn: nameEn ?? '',
      kinds,
      owner,
      vendor: vendor ?? '',
      purpose,
      standard: standard ?? '',
      shapes,
      departments: about ?? [],
      perMinute,
      silentMinutes: silentMinutes ?? 0,
      networks: lines(networks),
      senders: lines(senders).map((name) => {
        const [application = '', facility = ''] = name.split('/');
        return { application, facility };
      }),
    };
    if (of) change.mutate({ params: { path: { id: of.id } }, body: { ...body, rev: of.rev } });
    else register.mutate({ body });
  };
  return (
    <FormDialog<Written>
      title={t(of ? 'change' : 'add')}
      lead={t(of ? 'changeLead' : 'addLead')}
      submit={t(of ? 'change' : 'add')}
      width={720}
      busy={register.isPending || change.isPending}
      error={fault(register.error ?? change.error)}
      initial={of ? asWritten(of) : usual}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={styles.three}>
        <Form.Item name="code" label={t('field.code')} rules={[needed]}>
          <Input maxLength={40} disabled={of !== undefined} placeholder="his" />
        </Form.Item>
        <Form.Item name="nameZh" label={t('field.nameZh')} rules={[needed]}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="nameEn" label={t('field.nameEn')}>
          <Input maxLength={80} />
        </Form.Item>
      </div>
      <Form.Item name="purpose" label={t('field.purpose')} rules={[needed]}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      <div className={styles.two}>
        <Form.Item name="owner" label={t('column.owner')} extra={t('field.ownerHint')} rules={[needed]}>
          <PersonPicker />
        </Form.Item>
        <Form.Item name="vendor" label={t('column.vendor')}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="kinds" label={t('column.kinds')} rules={[needed]}>
          <Select mode="multiple" options={options(choices.data?.kinds)} />
        </Form.Item>
        <Form.Item name="standard" label={t('column.standard')} extra={t('field.standardHint')}>
          <Select allowClear options={(choices.data?.standards ?? []).map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item name="shapes" label={t('column.shapes')} rules={[needed]}>
          <Select mode="multiple" options={options(choices.data?.shapes)} />
        </Form.Item>
        <Form.Item name="departments" label={t('field.departments')} extra={t('field.departmentsHint')}>
          <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={Object.entries(departments).map(([value, name]) => ({ value, label: text(name) }))} />
        </Form.Item>
        <Form.Item name="networks" label={t('field.networks')} extra={t('field.networksHint')} rules={[needed]}>
          <Input.TextArea rows={2} className={styles.mono} placeholder="10.1.2.0/24" />
        </Form.Item>
        <Form.Item name="senders" label={t('field.senders')} extra={t('field.sendersHint')}>
          <Input.TextArea rows={2} className={styles.mono} placeholder="HIS/MINGZHOU" />
        </Form.Item>
        <Form.Item name="perMinute" label={t('field.perMinute')} rules={[needed]}>
          <InputNumber min={1} max={100_000} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="silentMinutes" label={t('field.silentMinutes')} extra={t('field.silentHint')}>
          <InputNumber min={0} max={43_200} style={{ width: '100%' }} />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
