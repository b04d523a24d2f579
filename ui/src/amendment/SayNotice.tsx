import { Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { useSession } from '@/app/session';
import { FormDialog } from '@/kit/FormDialog';
import { ways, type CorrectionNotice } from './amendment';

type State = 'told' | 'acknowledged' | 'unreachable';

/** Writes down that a recipient was told, has acknowledged, or cannot be reached. */
export default function SayNotice({ notice, onClose }: { notice: CorrectionNotice; onClose: () => void }) {
  const { t } = useTranslation('amendment');
  const fault = useFault();
  const me = useSession();
  const mine = notice.person === me.person;
  const [state, setState] = useState<State>(notice.state === 'due' ? 'told' : 'acknowledged');
  const say = queries.useMutation('post', '/api/amendment-notices/{id}', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const choices = [
    { value: 'told', label: t('tell') },
    { value: 'acknowledged', label: t(mine ? 'acknowledgeMine' : 'acknowledge') },
    { value: 'unreachable', label: t('unreachable') },
  ];
  return (
    <FormDialog<{ how?: string; words?: string }>
      title={notice.name ? `${t('notice')} · ${notice.name}` : t('notice')}
      submit={choices.find(({ value }) => value === state)?.label ?? ''}
      busy={say.isPending}
      error={fault(say.error)}
      initial={{ how: 'phone' }}
      onSubmit={({ how, words }) => say.mutate({ params: { path: { id: notice.id } }, body: { state, ...(state === 'told' && how && { how }), ...(words && { words }) } })}
      onClose={onClose}
    >
      <Form.Item>
        <Radio.Group aria-label={t('column.state')} value={state} options={mine ? choices.slice(1, 2) : choices} onChange={({ target }) => setState(target.value as State)} />
      </Form.Item>
      {state === 'told' && (
        <Form.Item name="how" label={t('way')}>
          <Select options={ways.map((value) => ({ value, label: t(`ways.${value}`) }))} />
        </Form.Item>
      )}
      <Form.Item name="words" label={t('words')} rules={[{ required: state === 'unreachable', message: t('wordsRequired') }]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
