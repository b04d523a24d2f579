import { DatePicker, Form, Input } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import type { Grant } from './grant';

interface Asked {
  until: Dayjs;
  words: string;
}

/** Asks for more time for a grant, or for the like of it once more. */
export default function AgainDialog({ grant, way, onClose }: { grant: Grant; way: 'extend' | 'clone'; onClose: () => void }) {
  const { t } = useTranslation('access');
  const fault = useFault();
  const settled = {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  };
  const extend = queries.useMutation('post', '/api/grants/{id}/extend', settled);
  const clone = queries.useMutation('post', '/api/grants/{id}/clone', settled);
  const again = way === 'extend' ? extend : clone;
  return (
    <FormDialog<Asked>
      title={t(`grants.${way}`)}
      lead={t(`grants.${way}Lead`)}
      submit={t('ask.submit')}
      busy={again.isPending}
      error={fault(again.error)}
      initial={{ until: dayjs(way === 'extend' ? grant.until : undefined).add(7, 'day') }}
      onSubmit={({ until, words }) => again.mutate({ params: { path: { id: grant.id } }, body: { until: until.toISOString(), words } })}
      onClose={onClose}
    >
      <Form.Item name="until" label={t('ask.until')} rules={[{ required: true, message: t('ask.untilMissing') }]}>
        <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} minDate={dayjs()} />
      </Form.Item>
      <Form.Item name="words" label={t('ask.why')} rules={[{ required: true, min: 4, message: t('ask.tooShort') }]}>
        <Input.TextArea rows={2} maxLength={500} placeholder={t('ask.whyHint')} />
      </Form.Item>
    </FormDialog>
  );
}
