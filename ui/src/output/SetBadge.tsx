import { App, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import type { Instant } from '@/language/time';
import { PersonPicker } from '@/staff/PersonPicker';
import { Refused } from './Refused';

interface Values {
  person: string;
  number: string;
  until: Instant;
}

/** Registers a card by which somebody fetches his prints. */
export default function SetBadge({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('output');
  const { message } = App.useApp();
  const set = queries.useMutation('post', '/api/output/badges', {
    onSuccess: () => {
      void message.success(t('rules.badgeMade'));
      onClose();
    },
  });
  const needed = [{ required: true, message: t('needed') }];
  return (
    <FormDialog<Values> title={t('rules.addBadge')} submit={t('save')} busy={set.isPending} onSubmit={(body) => set.mutate({ body })} onClose={onClose}>
      <Refused error={set.error} />
      <Form.Item name="person" label={t('person')} rules={needed}>
        <PersonPicker />
      </Form.Item>
      <Form.Item name="number" label={t('rules.badge')} rules={needed}>
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
      <Form.Item name="until" label={t('rules.until')} rules={needed}>
        <MomentInput id="until" />
      </Form.Item>
    </FormDialog>
  );
}
