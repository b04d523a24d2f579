import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { useText } from '@/language/text';
import { relations, type Consent, type Relation } from './consent';

/** Ends a consent now, and says what that means. */
export default function Withdraw({ consent, onClose }: { consent: Consent; onClose: () => void }) {
  const { t } = useTranslation('consent');
  const text = useText();
  const fault = useFault();
  const withdraw = queries.useMutation('post', '/api/consents/{id}/withdraw', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  return (
    <FormDialog<{ relation: Relation; words?: string }>
      title={t('withdrawing.title', { name: text(consent.name) })}
      lead={t('withdrawing.lead')}
      submit={t('withdrawing.submit')}
      danger
      busy={withdraw.isPending}
      error={fault(withdraw.error)}
      initial={{ relation: consent.relation }}
      onSubmit={(body) => withdraw.mutate({ params: { path: { id: consent.id } }, body })}
      onClose={onClose}
    >
      <Form.Item name="relation" label={t('withdrawing.relation')}>
        <Radio.Group options={relations.map((value) => ({ value, label: t(`relation.${value}`) }))} />
      </Form.Item>
      <Form.Item name="words" label={t('withdrawing.words')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
