import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { api, queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { saveFile } from './file-text';
import { VendorsPage, type Agreement, type Vendor } from './VendorsPage';

const AddVendor = lazy(() => import('./AddVendor'));
const FileAgreement = lazy(() => import('./FileAgreement'));

export function Component() {
  const { t } = useTranslation('staff');
  const { message } = App.useApp();
  const fault = useFault();
  const [adding, setAdding] = useState(false);
  const [filing, setFiling] = useState<Vendor>();
  const vendors = queries.useQuery('get', '/api/vendors', {});
  const end = queries.useMutation('post', '/api/agreements/{id}/end', {
    onSuccess: () => cache.invalidateQueries(),
    onError: (error) => void message.error(fault(error)),
  });
  const open = async ({ id }: Agreement) => {
    const { data, error } = await api.GET('/api/agreements/{id}/scan', { params: { path: { id } } });
    if (data) saveFile(data.name, data.content);
    else void message.error(fault(error));
  };
  return (
    <>
      <VendorsPage
        vendors={vendors.data && (vendors.data.items ?? [])}
        error={fault(vendors.error)}
        actions={
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('vendors.add')}
          </Button>
        }
        onFile={setFiling}
        onOpen={(agreement) => void open(agreement)}
        onEnd={({ id }) => end.mutate({ params: { path: { id } } })}
      />
      <Suspense fallback={null}>
        {adding && <AddVendor onClose={() => setAdding(false)} />}
        {filing && <FileAgreement vendor={filing} onClose={() => setFiling(undefined)} />}
      </Suspense>
    </>
  );
}
