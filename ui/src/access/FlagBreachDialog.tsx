import { Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { PersonPicker } from '@/staff/PersonPicker';
import { breachCauses, breachGrounds, type BreachCause, type BreachGround } from './breach';

interface Flagged {
  person: string;
  cause: BreachCause;
  evidence: BreachGround;
  reference: string;
  words: string;
}

/** Flags that somebody broke the rules: what is extra is suspended at once. */
export default function FlagBreachDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('access');
  const fault = useFault();
  const flag = queries.useMutation('post', '/api/freezes', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  const needed = [{ required: true, message: t('breach.required') }];
  return (
    <FormDialog<Flagged>
      title={t('breach.flag')}
      lead={t('breach.flagLead')}
      submit={t('breach.flagSubmit')}
      danger
      width={560}
      busy={flag.isPending}
      error={fault(flag.error)}
      initial={{ evidence: 'entry' }}
      onSubmit={(body) => flag.mutate({ body })}
      onClose={onClose}
    >
      <Form.Item name="person" label={t('breach.person')} rules={needed}>
        <PersonPicker />
      </Form.Item>
      <Form.Item name="cause" label={t('breach.cause')} rules={needed}>
        <Select options={breachCauses.map((value) => ({ value, label: t(`breach.causes.${value}`) }))} />
      </Form.Item>
      <Form.Item name="evidence" label={t('breach.evidence')}>
        <Radio.Group options={breachGrounds.map((value) => ({ value, label: t(`breach.grounds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="reference" label={t('breach.reference')} extra={t('breach.referenceHint')} rules={needed}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name="words" label={t('breach.words')} rules={[{ required: true, min: 4, message: t('ask.tooShort') }]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
