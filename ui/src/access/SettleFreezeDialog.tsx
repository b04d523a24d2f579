import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import type { Freeze } from './FreezesTable';

/** Lifts a freeze or lets it stand, with words. */
export default function SettleFreezeDialog({ freeze, lift, onClose }: { freeze: Freeze; lift: boolean; onClose: () => void }) {
  const { t } = useTranslation('access');
  const fault = useFault();
  const settle = queries.useMutation('post', '/api/freezes/{id}/settle', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  return (
    <FormDialog<{ words: string }>
      title={t(lift ? 'freezes.lift' : 'freezes.stand')}
      lead={t(lift ? 'freezes.liftLead' : 'freezes.standLead')}
      submit={t(lift ? 'freezes.lift' : 'freezes.stand')}
      busy={settle.isPending}
      error={fault(settle.error)}
      onSubmit={({ words }) => settle.mutate({ params: { path: { id: freeze.id } }, body: { lift, words } })}
      onClose={onClose}
    >
      <Form.Item name="words" label={t('ask.why')} rules={[{ required: true, min: 4, message: t('ask.tooShort') }]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
