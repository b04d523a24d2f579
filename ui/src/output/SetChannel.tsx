import { Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import type { Instant } from '@/language/time';
import { outputsChanged } from './changed';
import type { Channel } from './output';
import { Refused } from './Refused';

interface Values {
  id: string;
  name: string;
  network: Channel['network'];
  tunnel?: boolean;
  carries: number;
  until: Instant;
}

const networks = ['internal', 'dedicated', 'public'] as const;
const levels = [1, 2, 3, 4, 5];

/** Registers a route until a day, or changes one. */
export default function SetChannel({ from, onClose }: { from: Channel | undefined; onClose: () => void }) {
  const { t } = useTranslation('output');
  const set = queries.useMutation('put', '/api/output/channels/{id}', {
    onSuccess: async () => {
      onClose();
      await outputsChanged();
    },
  });
  const needed = [{ required: true, message: t('needed') }];
  return (
    <FormDialog<Values>
      title={t(from ? 'rules.setChannel' : 'rules.addChannel')}
      lead={t('rules.channelLead')}
      submit={t('save')}
      busy={set.isPending}
      initial={from ?? { network: 'dedicated', carries: 1 }}
      onSubmit={({ id, name, network, tunnel, carries, until }) => set.mutate({ params: { path: { id: from?.id ?? id } }, body: { name, network, tunnel: tunnel ?? false, carries, until } })}
      onClose={onClose}
    >
      <Refused error={set.error} />
      {!from && (
        <Form.Item name="id" label={t('rules.id')} rules={[...needed, { pattern: /^[a-z][a-z0-9-]*$/, message: t('rules.idHint') }]}>
          <Input maxLength={40} />
        </Form.Item>
      )}
      <Form.Item name="name" label={t('rules.channel')} rules={needed}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="network" label={t('rules.network')} rules={needed}>
        <Select options={networks.map((value) => ({ value, label: t(`rules.networks.${value}`) }))} />
      </Form.Item>
      <Form.Item name="tunnel" valuePropName="checked">
        <Checkbox>{t('rules.tunnelNote')}</Checkbox>
      </Form.Item>
      <Form.Item name="carries" label={t('rules.carries')} rules={needed}>
        <Select options={levels.map((level) => ({ value: level, label: t('rules.upTo', { level }) }))} />
      </Form.Item>
      <Form.Item name="until" label={t('rules.until')} rules={needed}>
        <MomentInput id="until" />
      </Form.Item>
    </FormDialog>
  );
}
