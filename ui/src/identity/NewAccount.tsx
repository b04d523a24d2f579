import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Notice } from '@/kit/Notice';
import { useText } from '@/language/text';
import type { Issued } from './AccountsPage';

interface Asked {
  person: string;
  name: string;
}

/** Gives a person an account; its initial password is shown once. */
export function NewAccount({ onCreated }: { onCreated: (issued: Issued) => void }) {
  const { t } = useTranslation('identity');
  const text = useText();
  const fault = useFault();
  const [open, setOpen] = useState(false);
  const [sought, setSought] = useState('');
  const [form] = Form.useForm<Asked>();
  const people = queries.useQuery('get', '/api/persons', { params: { query: { text: sought, limit: 20 } } }, { enabled: open && sought !== '' });
  const create = queries.useMutation('post', '/api/accounts', {
    onSuccess: async ({ account, password }) => {
      setOpen(false);
      onCreated({ name: account.name, password });
      await cache.invalidateQueries();
    },
  });
  const found = people.data?.items ?? [];
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('accounts.new')}
      </Button>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} width={440} title={t('accounts.new')} destroyOnHidden>
        <Form<Asked> form={form} layout="vertical" preserve={false} onFinish={(body) => create.mutate({ body })}>
          {create.error && <Notice tone="error">{fault(create.error)}</Notice>}
          <Form.Item name="person" label={t('accounts.holder')} rules={[{ required: true, message: t('accounts.holderMissing') }]}>
            <Select
              showSearch={{ filterOption: false, onSearch: (value) => setSought(value.trim()) }}
              placeholder={t('accounts.seek')}
              options={found.map(({ id, name, number }) => ({ value: id, label: `${text(name)} ${number}` }))}
              onChange={(id: string) => form.setFieldValue('name', found.find((person) => person.id === id)?.number)}
            />
          </Form.Item>
          <Form.Item name="name" label={t('accounts.name')} extra={t('accounts.nameNote')} rules={[{ required: true, message: t('nameMissing') }]}>
            <Input maxLength={80} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={create.isPending} block>
            {t('accounts.create')}
          </Button>
        </Form>
      </Modal>
    </>
  );
}
