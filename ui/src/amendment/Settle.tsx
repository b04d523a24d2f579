import { Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { Notice } from '@/kit/Notice';

interface SettleProps {
  what: 'complaint' | 'suspicion';
  id: string;
  state: string;
  onClose: () => void;
}

/** Decides about a complaint, or says what a suspicious entry is, with the reason. */
export default function Settle({ what, id, state, onClose }: SettleProps) {
  const { t } = useTranslation('amendment');
  const fault = useFault();
  const said = queries.useQuery('get', '/api/complaints/{id}', { params: { path: { id } } }, { enabled: what === 'complaint' });
  const done = {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  };
  const complaint = queries.useMutation('post', '/api/complaints/{id}/settle', done);
  const suspicion = queries.useMutation('post', '/api/suspicions/{id}/review', done);
  const choices =
    what === 'complaint'
      ? [{ value: 'quarantined', label: t('quarantine') }, { value: 'released', label: t('release') }, { value: 'removed', label: t('remove') }].filter(({ value }) => value !== state)
      : [{ value: 'cleared', label: t('clear') }, { value: 'confirmed', label: t('confirmBad') }];
  const [choice, setChoice] = useState(choices[0]?.value ?? '');
  const step = what === 'complaint' ? complaint : suspicion;
  return (
    <FormDialog<{ words: string }>
      title={t(what === 'complaint' ? 'tabs.complaints' : 'tabs.suspicions')}
      lead={t('settleLead')}
      submit={choices.find(({ value }) => value === choice)?.label ?? ''}
      danger={choice === 'removed' || choice === 'confirmed'}
      busy={step.isPending}
      error={fault(step.error)}
      onSubmit={({ words }) => {
        if (what === 'complaint') complaint.mutate({ params: { path: { id } }, body: { state: choice as 'quarantined', words } });
        else suspicion.mutate({ params: { path: { id } }, body: { state: choice as 'cleared', words } });
      }}
      onClose={onClose}
    >
      {said.data && <Notice title={t(`ground.${said.data.ground}`)}>{said.data.words}</Notice>}
      {said.data?.reason && <Notice tone="success">{said.data.reason}</Notice>}
      <Form.Item>
        <Radio.Group aria-label={t('column.state')} value={choice} options={choices} onChange={({ target }) => setChoice(target.value as string)} />
      </Form.Item>
      <Form.Item name="words" label={t('reason')} rules={[{ required: true, message: t('wordsRequired') }]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
