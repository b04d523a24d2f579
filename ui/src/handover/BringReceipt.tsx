import { UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { Notice } from '@/kit/Notice';
import { receiptOf } from './handover';

/** Brings the receipt that the receiver signed after it verified the export. */
export default function BringReceipt({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('handover');
  const fault = useFault();
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const [read, setRead] = useState<ReturnType<typeof receiptOf>>();
  const bring = queries.useMutation('post', '/api/handovers/{id}/receipt', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const take = async (file: File | undefined) => {
    if (!file) return;
    setName(file.name);
    setRead(receiptOf(await file.text()));
  };
  return (
    <FormDialog
      title={t('receipt.title')}
      lead={t('receipt.lead')}
      submit={t('receipt.submit')}
      busy={bring.isPending}
      error={fault(bring.error)}
      onSubmit={() => (read ? bring.mutate({ params: { path: { id } }, body: read }) : input.current?.click())}
      onClose={onClose}
    >
      <p>
        <Button icon={<UploadOutlined />} onClick={() => input.current?.click()}>
          {name || t('receipt.choose')}
        </Button>
        <input ref={input} type="file" accept=".json,application/json" hidden aria-label={t('receipt.choose')} onChange={(event) => void take(event.target.files?.[0])} />
      </p>
      {name && !read && <Notice tone="error">{t('receipt.none')}</Notice>}
    </FormDialog>
  );
}
