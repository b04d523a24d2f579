import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { MomentInput } from '@/kit/MomentInput';
import { Notice } from '@/kit/Notice';
import { useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import { PersonSearch } from './PersonSearch';
import { useLimit } from './use-limit';

interface Asked {
  kind: string;
  department?: string;
  departments?: string[];
  person?: string;
  words: string;
  deadline?: string;
  urgent?: boolean;
}

const joint = 'duty.joint';

/** Asks others to do something: assistance, a joint task, an issue. */
export default function AskOthers({ kinds, departments }: { kinds: Schemas['DutyKind'][]; departments: Departments }) {
  const { t } = useTranslation('duty');
  const text = useText();
  const fault = useFault();
  const limit = useLimit();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Asked>();
  const kind = Form.useWatch('kind', form);
  const department = Form.useWatch('department', form);
  const ask = queries.useMutation('post', '/api/duty/tasks', {
    onSuccess: async () => {
      setOpen(false);
      void message.success(t('ask.done'));
      await cache.invalidateQueries();
    },
  });
  const chosen = kinds.find(({ id }) => id === kind);
  const places = Object.entries(departments).map(([value, name]) => ({ value, label: text(name) }));
  const send = ({ kind: what, department: to, departments: parties, person, words, deadline, urgent }: Asked) =>
    ask.mutate({
      body: {
        kind: what,
        to: { ...(to && what !== joint && { department: to }), ...(person && what !== joint && { person }) },
        words,
        ...(what === joint && parties && { parties }),
        ...(deadline && { deadline }),
        ...(urgent && { urgent }),
      },
    });
  return (
    <>
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
        {t('ask.open')}
      </Button>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} width={520} title={t('ask.title')} destroyOnHidden>
        <Form<Asked> form={form} layout="vertical" preserve={false} onFinish={send}>
          {ask.error && <Notice tone="error">{fault(ask.error)}</Notice>}
          <Form.Item name="kind" label={t('ask.kind')} rules={[{ required: true, message: t('ask.kindMust') }]} extra={chosen && t('ask.usual', { limit: limit(chosen.limit) })}>
            <Select options={kinds.filter(({ asked }) => asked).map(({ id, name }) => ({ value: id, label: text(name) }))} />
          </Form.Item>
          {kind === joint ? (
            <Form.Item name="departments" label={t('ask.departments')} rules={[{ required: true, type: 'array', min: 2, message: t('ask.departmentMust') }]}>
              <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={places} />
            </Form.Item>
          ) : (
            <>
              <Form.Item name="department" label={t('ask.department')} rules={[{ required: true, message: t('ask.departmentMust') }]}>
                <Select showSearch={{ optionFilterProp: 'label' }} options={places} />
              </Form.Item>
              <Form.Item name="person" label={t('ask.person')}>
                <PersonSearch id="person" department={department} />
              </Form.Item>
            </>
          )}
          <Form.Item name="words" label={t('ask.words')} rules={[{ required: true, whitespace: true, message: t('ask.wordsMust') }]}>
            <Input.TextArea rows={5} maxLength={2000} />
          </Form.Item>
          <Form.Item name="deadline" label={t('ask.deadline')}>
            <MomentInput id="deadline" />
          </Form.Item>
          <Form.Item name="urgent" valuePropName="checked">
            <Checkbox>{t('ask.urgent')}</Checkbox>
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={ask.isPending} block>
            {t('ask.submit')}
          </Button>
        </Form>
      </Modal>
    </>
  );
}
