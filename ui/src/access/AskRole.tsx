import { Checkbox, DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import { PersonPicker } from '@/staff/PersonPicker';
import { rolesShown } from '@/staff/roles-shown';

interface Wanted {
  person?: string;
  role: string;
  department: string;
  until: Dayjs;
  words: string;
  exception?: boolean;
}

interface AskRoleProps {
  departments: Departments;
  /** Whether one may choose for whom; else it is for oneself. */
  forOthers: boolean;
  onClose: () => void;
}

/** Asks that somebody be given a role until a day. */
export default function AskRole({ departments, forOthers, onClose }: AskRoleProps) {
  const { t } = useTranslation('access');
  const text = useText();
  const term = useTerm();
  const fault = useFault();
  const ask = queries.useMutation('post', '/api/role-requests', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  const needed = [{ required: true, message: t('authorities.required') }];
  return (
    <FormDialog<Wanted>
      title={t('authorities.ask')}
      lead={t('authorities.askLead')}
      submit={t('authorities.askSubmit')}
      busy={ask.isPending}
      error={fault(ask.error)}
      onSubmit={({ until, ...wanted }) => ask.mutate({ body: { ...wanted, until: until.endOf('day').toISOString() } })}
      onClose={onClose}
    >
      {forOthers && (
        <Form.Item name="person" label={t('authorities.forWhom')} extra={t('authorities.forWhomHint')}>
          <PersonPicker />
        </Form.Item>
      )}
      <Form.Item name="department" label={t('authorities.department')} rules={needed}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={Object.entries(departments).map(([value, name]) => ({ value, label: text(name) }))} />
      </Form.Item>
      <Form.Item name="role" label={t('authorities.role')} rules={needed}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={rolesShown.map((value) => ({ value, label: term('role', value) }))} />
      </Form.Item>
      <Form.Item name="until" label={t('authorities.until')} rules={needed}>
        <DatePicker style={{ width: '100%' }} minDate={dayjs()} maxDate={dayjs().add(5, 'year')} />
      </Form.Item>
      <Form.Item name="words" label={t('authorities.why')} rules={needed}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
      <Form.Item name="exception" valuePropName="checked">
        <Checkbox>{t('ask.exception')}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
