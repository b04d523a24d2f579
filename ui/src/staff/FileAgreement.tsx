import { Checkbox, Form, Input } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { DayField } from './DayField';
import { FileField } from './FileField';
import { base64Of } from './file-text';
import type { Vendor } from './VendorsPage';

interface Asked {
  scope: string;
  until: Dayjs;
  file: File;
  privacy: boolean;
}

const largest = 4 * 1024 * 1024;

/** Files what a firm has promised, with the scan of the paper. */
export default function FileAgreement({ vendor, onClose }: { vendor: Vendor; onClose: () => void }) {
  const { t } = useTranslation('staff');
  const fault = useFault();
  const file = queries.useMutation('post', '/api/vendors/{id}/agreements', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  const submit = async ({ scope, until, file: scan, privacy }: Asked) =>
    file.mutate({
      params: { path: { id: vendor.id } },
      body: { scope, until: until.endOf('day').toISOString(), fileName: scan.name, file: await base64Of(scan), privacy },
    });
  const needed = { required: true, message: t('add.required') };
  return (
    <FormDialog<Asked> title={t('vendors.fileTitle', { name: vendor.name })} submit={t('vendors.fileSubmit')} busy={file.isPending} error={fault(file.error)} initial={{ privacy: false }} onSubmit={(asked) => void submit(asked)} onClose={onClose}>
      <Form.Item name="scope" label={t('vendors.scope')} rules={[needed]}>
        <Input.TextArea rows={2} maxLength={400} placeholder={t('vendors.scopeHint')} />
      </Form.Item>
      <DayField name="until" label={t('vendors.until')} least={dayjs()} most={dayjs().add(5, 'year')} />
      <Form.Item
        name="file"
        label={t('vendors.scan')}
        rules={[needed, { validator: (_, scan: File | undefined) => (scan && scan.size > largest ? Promise.reject(new Error(t('vendors.tooLarge'))) : Promise.resolve()) }]}
      >
        <FileField label={t('vendors.scan')} accept=".pdf,.jpg,.jpeg,.png" />
      </Form.Item>
      <Form.Item name="privacy" valuePropName="checked" rules={[{ validator: (_, said: boolean) => (said ? Promise.resolve() : Promise.reject(new Error(t('vendors.privacyMissing')))) }]}>
        <Checkbox>{t('vendors.privacy')}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
