import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';

/** Registers a firm. Its people come in only once an agreement is filed. */
export default function AddVendor({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('staff');
  const fault = useFault();
  const add = queries.useMutation('post', '/api/vendors', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  const needed = [{ required: true, message: t('add.required') }];
  return (
    <FormDialog<{ code: string; name: string }> title={t('vendors.add')} submit={t('add.submit')} busy={add.isPending} error={fault(add.error)} onSubmit={(body) => add.mutate({ body })} onClose={onClose}>
      <Form.Item name="name" label={t('vendors.name')} rules={needed}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="code" label={t('vendors.code')} rules={needed}>
        <Input maxLength={40} />
      </Form.Item>
    </FormDialog>
  );
}
