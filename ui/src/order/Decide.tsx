import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { useText } from '@/language/text';
import type { Conflict } from './order';
import styles from './Order.module.css';

interface Written {
  decision: 'adjust' | 'keep';
  reason: string;
}

const longest = 1000;

/** Decides about a conflict. The alternatives are offered as the beginning of a reason. */
export default function Decide({ conflict, onClose }: { conflict: Conflict; onClose: () => void }) {
  const { t } = useTranslation('order');
  const text = useText();
  const fault = useFault();
  const decide = queries.useMutation('post', '/api/orders/conflicts/{id}/decision', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const needed = { required: true, whitespace: true, message: t('required') };
  return (
    <FormDialog<Written>
      title={t('decide.title', { order: conflict.order })}
      lead={t('decide.lead')}
      submit={t('decide.submit')}
      width={600}
      busy={decide.isPending}
      error={fault(decide.error)}
      onSubmit={(body) => decide.mutate({ params: { path: { id: conflict.id } }, body })}
      onClose={onClose}
    >
      <div className={styles.why}>
        <p>{text(conflict.say)}</p>
        <p>{t('decide.cause', { cause: conflict.cause })}</p>
        <ul>
          {conflict.alternatives.map((one) => (
            <li key={one.zh}>{text(one)}</li>
          ))}
        </ul>
        {conflict.origin && <p className={styles.origin}>{t('decide.origin', { origin: conflict.origin })}</p>}
      </div>
      <Form.Item name="decision" label={t('decide.decision')} rules={[{ required: true, message: t('required') }]}>
        <Radio.Group options={[{ value: 'adjust', label: t('decide.adjust') }, { value: 'keep', label: t('decide.keep') }]} />
      </Form.Item>
      <Form.Item name="reason" label={t('decide.reason')} extra={t('decide.reasonHint')} rules={[needed]}>
        <Input.TextArea rows={3} maxLength={longest} showCount />
      </Form.Item>
    </FormDialog>
  );
}
