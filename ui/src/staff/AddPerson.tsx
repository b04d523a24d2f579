import { UserAddOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { Notice } from '@/kit/Notice';
import styles from './Appoint.module.css';
import { categories } from './categories';
import { useTerm } from '@/language/terms';

/** Puts somebody on the books who works here. A right comes only with an appointment. */
export function AddPerson({ onAdded }: { onAdded: (person: Schemas['StaffPerson']) => void }) {
  const { t } = useTranslation('staff');
  const term = useTerm();
  const fault = useFault();
  const [open, setOpen] = useState(false);
  const add = queries.useMutation('post', '/api/persons', {
    onSuccess: async (person) => {
      setOpen(false);
      await cache.invalidateQueries();
      onAdded(person);
    },
  });
  return (
    <>
      <Button type="primary" icon={<UserAddOutlined />} onClick={() => setOpen(true)}>
        {t('add.open')}
      </Button>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} width={460} title={t('add.open')} destroyOnHidden>
        <Form<Schemas['StaffNewPerson']> layout="vertical" className={styles.form} initialValues={{ category: 'employee' }} onFinish={(body) => add.mutate({ body })}>
          {add.error && <Notice tone="error">{fault(add.error)}</Notice>}
          <Form.Item name="number" label={t('column.number')} rules={[{ required: true, message: t('add.required') }]}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name="nameZh" label={t('column.name')} rules={[{ required: true, message: t('add.required') }]}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="nameEn" label={t('add.latin')}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="category" label={t('column.category')}>
            <Select options={categories.map((value) => ({ value, label: term('category', value) }))} />
          </Form.Item>
          <Form.Item name="phone" label={t('phone')}>
            <Input maxLength={40} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={add.isPending} block>
            {t('add.submit')}
          </Button>
        </Form>
      </Modal>
    </>
  );
}
