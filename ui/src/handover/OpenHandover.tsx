import { Form, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { most, onwards, useWhole } from '@/api/whole';
import { open } from '@/exchange/exchange';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import { grounds } from './handover';

type Written = Schemas['HandoverOpening'];

const usualDays = 7;

/** Asks for a handover of the house, or for a rehearsal. Somebody else approves it. */
export default function OpenHandover({ onOpened, onClose }: { onOpened: (id: string) => void; onClose: () => void }) {
  const { t } = useTranslation('handover');
  const fault = useFault();
  const partners = open(useWhole(queries.useInfiniteQuery('get', '/api/exchange/partners', { params: { query: { limit: most } } }, { ...onwards, retry: false })) ?? []);
  const ask = queries.useMutation('post', '/api/handovers', {
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries();
      onOpened(id);
    },
  });
  return (
    <FormDialog<Written>
      title={t('open.title')}
      lead={t('open.lead')}
      submit={t('open.submit')}
      width={600}
      busy={ask.isPending}
      error={fault(ask.error)}
      initial={{ ground: 'rehearsal', until: dayjs().startOf('minute').add(usualDays, 'day').toISOString() }}
      onSubmit={(body) => ask.mutate({ body })}
      onClose={onClose}
    >
      <Form.Item name="ground" label={t('column.ground')}>
        <Select options={grounds.map((value) => ({ value, label: t(`ground.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={['ground']}>
        {({ getFieldValue }) =>
          getFieldValue('ground') === 'rehearsal' ? (
            <p>{t('open.rehearsal')}</p>
          ) : (
            <Form.Item name="partner" label={t('column.receiver')} extra={t('open.partnerHint')} rules={[{ required: true, message: t('required') }]}>
              <Select showSearch={{ optionFilterProp: 'label' }} options={partners.map(({ id, card }) => ({ value: id, label: `${card.name} · ${card.org}` }))} notFoundContent={t('open.noPartner')} />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item name="words" label={t('open.words')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
        <Input.TextArea rows={3} maxLength={500} showCount />
      </Form.Item>
      <Form.Item name="until" htmlFor="handover-until" label={t('column.until')} extra={t('open.untilHint')} rules={[{ required: true, message: t('required') }]}>
        <MomentInput id="handover-until" />
      </Form.Item>
    </FormDialog>
  );
}
