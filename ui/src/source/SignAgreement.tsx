import { Form, Input } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import type { Instant } from '@/language/time';
import type { SeenSource } from './source';
import styles from './Source.module.css';

interface Promised {
  words: string;
  since: Instant;
  until: Instant;
}

/** The owner's undertaking for a source, signed with his own key. */
export default function SignAgreement({ source, onClose }: { source: SeenSource; onClose: () => void }) {
  const { t } = useTranslation('source');
  const fault = useFault();
  const sign = queries.useMutation('post', '/api/sources/{id}/agreement', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const needed = { required: true, message: t('required') };
  const since = source.until && dayjs(source.until).isAfter(dayjs()) ? dayjs(source.until) : dayjs().startOf('minute');
  return (
    <FormDialog<Promised>
      title={t('agreement.sign')}
      lead={t('agreement.signLead', { shapes: (source.shapes ?? []).map((id) => t(`shape.${id}` as never, { defaultValue: id })).join(t('separator')) })}
      submit={t('agreement.sign')}
      busy={sign.isPending}
      error={fault(sign.error)}
      initial={{ words: t('agreement.usual'), since: since.toISOString(), until: since.add(1, 'year').toISOString() }}
      onSubmit={(body) => sign.mutate({ params: { path: { id: source.id } }, body })}
      onClose={onClose}
    >
      <Form.Item name="words" label={t('agreement.words')} rules={[needed]}>
        <Input.TextArea rows={4} maxLength={1000} />
      </Form.Item>
      <div className={styles.two}>
        <Form.Item name="since" label={t('agreement.since')} rules={[needed]}>
          <MomentInput id="since" />
        </Form.Item>
        <Form.Item name="until" label={t('agreement.until')} rules={[needed]}>
          <MomentInput id="until" />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
