import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import type { Grant } from './grant';

/** Keeps a grant that would end because it was not used, with words. */
export default function KeepGrantDialog({ grant, onClose }: { grant: Grant; onClose: (kept: boolean) => void }) {
  const { t } = useTranslation('access');
  const fault = useFault();
  const keep = queries.useMutation('post', '/api/grants/{id}/keep', {
    onSuccess: async () => {
      onClose(true);
      await cache.invalidateQueries();
    },
  });
  return (
    <FormDialog<{ words: string }>
      title={t('grants.keepUnused')}
      lead={t('grants.keepLead')}
      submit={t('grants.keepUnused')}
      busy={keep.isPending}
      error={fault(keep.error)}
      onSubmit={(body) => keep.mutate({ params: { path: { id: grant.id } }, body })}
      onClose={() => onClose(false)}
    >
      <Form.Item name="words" label={t('ask.why')} rules={[{ required: true, min: 4, message: t('ask.tooShort') }]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
