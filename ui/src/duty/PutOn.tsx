import { App, Button, Form, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { MomentInput } from '@/kit/MomentInput';
import { Notice } from '@/kit/Notice';
import { useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import { PersonSearch } from './PersonSearch';
import type { Turn } from './week';

interface Asked {
  kind: Turn['kind'];
  department: string;
  person: string;
  insteadOf?: string;
  since: string;
  until: string;
}

interface PutOnProps {
  department: string;
  departments: Departments;
  /** May also say who is administrator on duty and who answers for a department. */
  house: boolean;
}

/** Puts somebody on a roster. */
export default function PutOn({ department, departments, house }: PutOnProps) {
  const { t } = useTranslation('duty');
  const text = useText();
  const fault = useFault();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Asked>();
  const kind = Form.useWatch('kind', form);
  const of = Form.useWatch('department', form);
  const put = queries.useMutation('post', '/api/duty/roster', {
    onSuccess: async () => {
      setOpen(false);
      void message.success(t('roster.done'));
      await cache.invalidateQueries();
    },
  });
  const kinds: Turn['kind'][] = house ? ['shift', 'administrator', 'head', 'cover'] : ['shift', 'cover'];
  const must = [{ required: true, message: t('roster.must') }];
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('roster.put')}
      </Button>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} width={460} title={t('roster.put')} destroyOnHidden>
        <Form<Asked>
          form={form}
          layout="vertical"
          preserve={false}
          initialValues={{ kind: 'shift', department }}
          onFinish={({ department: to, ...rest }) => put.mutate({ body: { ...rest, ...(rest.kind !== 'administrator' && { department: to }) } })}
        >
          {put.error && <Notice tone="error">{fault(put.error)}</Notice>}
          <Form.Item name="kind" label={t('roster.kind')} rules={must}>
            <Select options={kinds.map((value) => ({ value, label: t(`roster.kinds.${value}`) }))} />
          </Form.Item>
          {kind !== 'administrator' && (
            <Form.Item name="department" label={t('roster.department')} rules={must}>
              <Select showSearch={{ optionFilterProp: 'label' }} options={Object.entries(departments).map(([value, name]) => ({ value, label: text(name) }))} />
            </Form.Item>
          )}
          <Form.Item name="person" label={t('roster.person')} rules={must}>
            <PersonSearch id="person" department={kind === 'administrator' ? undefined : of} />
          </Form.Item>
          {kind === 'cover' && (
            <Form.Item name="insteadOf" label={t('roster.insteadOf')} rules={must}>
              <PersonSearch id="insteadOf" department={of} />
            </Form.Item>
          )}
          <Form.Item name="since" label={t('roster.since')} rules={must}>
            <MomentInput id="since" />
          </Form.Item>
          <Form.Item name="until" label={t('roster.until')} rules={must}>
            <MomentInput id="until" />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={put.isPending} block>
            {t('roster.submit')}
          </Button>
        </Form>
      </Modal>
    </>
  );
}
