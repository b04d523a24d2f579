import { Button, DatePicker, Form, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Notice } from '@/kit/Notice';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { Departments } from './departments';
import styles from './Appoint.module.css';
import { rolesShown } from './roles-shown';
import type { StaffPerson } from './StaffPage';

interface AppointProps {
  person: StaffPerson;
  departments: Departments;
}

interface Asked {
  department: string;
  role: string;
  until: Dayjs;
}

/** Gives a person a role in a department until a day. */
export default function Appoint({ person, departments }: AppointProps) {
  const { t } = useTranslation('staff');
  const term = useTerm();
  const text = useText();
  const fault = useFault();
  const [form] = Form.useForm<Asked>();
  const appoint = queries.useMutation('post', '/api/persons/{id}/appointments', {
    onSuccess: async () => {
      form.resetFields();
      await cache.invalidateQueries();
    },
  });
  const needed = [{ required: true, message: t('add.required') }];
  return (
    <Form<Asked>
      form={form}
      layout="vertical"
      className={styles.form}
      onFinish={({ department, role, until }) => appoint.mutate({ params: { path: { id: person.id } }, body: { department, role, until: until.endOf('day').toISOString() } })}
    >
      <h3>{t('appoint.title')}</h3>
      {appoint.error && <Notice tone="error">{fault(appoint.error)}</Notice>}
      <Form.Item name="department" label={t('filter.department')} rules={needed}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={Object.entries(departments).map(([value, name]) => ({ value, label: text(name) }))} />
      </Form.Item>
      <Form.Item name="role" label={t('filter.role')} rules={needed}>
        <Select options={rolesShown.map((value) => ({ value, label: term('role', value) }))} />
      </Form.Item>
      <Form.Item name="until" label={t('appoint.until')} rules={needed}>
        <DatePicker style={{ width: '100%' }} minDate={dayjs()} maxDate={dayjs().add(5, 'year')} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={appoint.isPending}>
        {t('appoint.submit')}
      </Button>
    </Form>
  );
}
