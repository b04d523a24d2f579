import { App, Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { Notice } from '@/kit/Notice';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import { rolesShown } from '@/staff/roles-shown';

type Asked = Schemas['SetDutyRuleRequest'];

const recurrences = ['day', 'week', 'month', 'quarter', 'half-year', 'year'] as const;

/** Makes a duty recur. */
export default function SetRule({ kinds, departments }: { kinds: Schemas['DutyKind'][]; departments: Departments }) {
  const { t } = useTranslation('duty');
  const text = useText();
  const term = useTerm();
  const fault = useFault();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const set = queries.useMutation('post', '/api/duty/rules', {
    onSuccess: async () => {
      setOpen(false);
      void message.success(t('periods.done'));
      await cache.invalidateQueries();
    },
  });
  const must = [{ required: true, message: t('periods.must') }];
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('periods.new')}
      </Button>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} width={460} title={t('periods.new')} destroyOnHidden>
        <Form<Asked> layout="vertical" preserve={false} initialValues={{ recurrence: 'month' }} onFinish={(body) => set.mutate({ body: Object.fromEntries(Object.entries(body).filter(([, value]) => value)) as Asked })}>
          {set.error && <Notice tone="error">{fault(set.error)}</Notice>}
          <Form.Item name="kind" label={t('periods.kind')} rules={must}>
            <Select options={kinds.map(({ id, name }) => ({ value: id, label: text(name) }))} />
          </Form.Item>
          <Form.Item name="recurrence" label={t('periods.recurrence')} rules={must}>
            <Select options={recurrences.map((value) => ({ value, label: t(`periods.every.${value}`) }))} />
          </Form.Item>
          <Form.Item name="limit" label={t('periods.limit')} extra={t('periods.limitNote')}>
            <Input maxLength={12} />
          </Form.Item>
          <Form.Item name="role" label={t('periods.role')}>
            <Select allowClear options={rolesShown.map((value) => ({ value, label: term('role', value) }))} />
          </Form.Item>
          <Form.Item name="departments" label={t('periods.departments')}>
            <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={Object.entries(departments).map(([value, name]) => ({ value, label: text(name) }))} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={set.isPending} block>
            {t('periods.submit')}
          </Button>
        </Form>
      </Modal>
    </>
  );
}
