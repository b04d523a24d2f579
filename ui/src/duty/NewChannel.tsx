import { App, Button, Checkbox, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { Notice } from '@/kit/Notice';

interface Asked {
  kind: Schemas['DutyChannel']['kind'];
  name: string;
  address: string;
  internal?: boolean;
  plain?: boolean;
  sender?: string;
  recipient?: string;
  template?: string;
  link: string;
  occasions: string[];
  secret?: string;
}

const kinds = ['wecom', 'dingtalk', 'webhook', 'sms', 'mail'] as const;
const occasions = ['opened', 'reminded', 'overdue', 'escalated'] as const;

/** Registers a way out for reminders. */
export default function NewChannel() {
  const { t } = useTranslation('duty');
  const fault = useFault();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Asked>();
  const kind = Form.useWatch('kind', form);
  const register = queries.useMutation('post', '/api/duty/channels', {
    onSuccess: async () => {
      setOpen(false);
      void message.success(t('channels.done'));
      await cache.invalidateQueries();
    },
  });
  const must = [{ required: true, message: t('channels.must') }];
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('channels.new')}
      </Button>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} width={520} title={t('channels.new')} destroyOnHidden>
        <Form<Asked> form={form} layout="vertical" preserve={false} initialValues={{ kind: 'wecom', link: window.location.origin, occasions: ['overdue', 'escalated'] }} onFinish={(body) => register.mutate({ body })}>
          {register.error && <Notice tone="error">{fault(register.error)}</Notice>}
          <Form.Item name="kind" label={t('channels.kind')} rules={must}>
            <Select options={kinds.map((value) => ({ value, label: t(`channels.kinds.${value}`) }))} />
          </Form.Item>
          <Form.Item name="name" label={t('channels.name')} rules={must}>
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item name="address" label={t('channels.address')} extra={t('channels.addressNote')} rules={must}>
            <Input maxLength={2000} autoComplete="off" />
          </Form.Item>
          {kind === 'mail' && (
            <>
              <Form.Item name="sender" label={t('channels.sender')} rules={must}>
                <Input maxLength={200} />
              </Form.Item>
              <Form.Item name="recipient" label={t('channels.recipient')} extra={t('channels.recipientNote')} rules={must}>
                <Input maxLength={200} />
              </Form.Item>
            </>
          )}
          {kind === 'sms' && (
            <Form.Item name="template" label={t('channels.template')} extra={t('channels.templateNote')} rules={must}>
              <Input.TextArea rows={4} maxLength={4000} />
            </Form.Item>
          )}
          <Form.Item name="secret" label={t('channels.secret')} extra={t('channels.secretNote')}>
            <Input.Password autoComplete="off" maxLength={2000} />
          </Form.Item>
          <Form.Item name="link" label={t('channels.link')} rules={must}>
            <Input maxLength={400} />
          </Form.Item>
          <Form.Item name="occasions" label={t('channels.occasions')} rules={must}>
            <Checkbox.Group options={occasions.map((value) => ({ value, label: t(`channels.occasion.${value}`) }))} />
          </Form.Item>
          <Form.Item name="internal" valuePropName="checked" noStyle>
            <Checkbox>{t('channels.internal')}</Checkbox>
          </Form.Item>
          <Form.Item name="plain" valuePropName="checked">
            <Checkbox>{t('channels.plain')}</Checkbox>
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={register.isPending} block>
            {t('channels.submit')}
          </Button>
        </Form>
      </Modal>
    </>
  );
}
