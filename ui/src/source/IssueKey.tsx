import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import type { Instant } from '@/language/time';
import type { SeenSource, SourceKey } from './source';
import styles from './Source.module.css';

interface Issued {
  kind: string;
  until: Instant;
  halves?: boolean;
  pem?: string;
  overlapHours?: number;
}

const kinds = ['bearer', 'certificate', 'hmac-sm3', 'sm2', 'ecdsa', 'jwt'] as const;

interface IssueKeyProps {
  source: SeenSource;
  /** The key in whose place the new one stands. */
  follows?: SourceKey;
  onIssued: (secret: string) => void;
  onClose: () => void;
}

/** Issues a key of a source. What opens is shown once, afterwards. */
export default function IssueKey({ source, follows, onIssued, onClose }: IssueKeyProps) {
  const { t } = useTranslation('source');
  const fault = useFault();
  const issue = queries.useMutation('post', '/api/sources/{id}/keys', {
    onSuccess: async ({ secret }) => {
      await cache.invalidateQueries();
      onClose();
      if (secret) onIssued(secret);
    },
  });
  const needed = { required: true, message: t('required') };
  const submit = ({ kind, until, halves, pem, overlapHours }: Issued) =>
    issue.mutate({
      params: { path: { id: source.id } },
      body: { kind, until, halves: halves ?? false, ...(pem && { [kind === 'certificate' ? 'certificate' : 'publicKey']: pem }), ...(follows && { follows: follows.id, overlapHours: overlapHours ?? 0 }) },
    });
  return (
    <FormDialog<Issued>
      title={t(follows ? 'keys.rotate' : 'keys.issue')}
      lead={t('keys.lead')}
      submit={t('keys.issue')}
      busy={issue.isPending}
      error={fault(issue.error)}
      initial={{ kind: follows?.kind ?? 'bearer', until: dayjs().add(6, 'month').startOf('minute').toISOString(), overlapHours: 48 }}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={styles.two}>
        <Form.Item name="kind" label={t('keys.kind')} rules={[needed]}>
          <Select options={kinds.map((value) => ({ value, label: t(`keyKind.${value}`) }))} />
        </Form.Item>
        <Form.Item name="until" label={t('keys.until')} rules={[needed]}>
          <MomentInput id="until" />
        </Form.Item>
      </div>
      <Form.Item noStyle dependencies={['kind']}>
        {({ getFieldValue }) =>
          getFieldValue('kind') === 'bearer' ? (
            <Form.Item name="halves" valuePropName="checked" extra={t('keys.halvesHint')}>
              <Checkbox>{t('keys.halves')}</Checkbox>
            </Form.Item>
          ) : getFieldValue('kind') === 'hmac-sm3' ? null : (
            <Form.Item name="pem" label={t(getFieldValue('kind') === 'certificate' ? 'keys.certificate' : 'keys.publicKey')} rules={[needed]}>
              <Input.TextArea rows={5} className={styles.mono} placeholder="-----BEGIN …-----" />
            </Form.Item>
          )
        }
      </Form.Item>
      {follows && (
        <Form.Item name="overlapHours" label={t('keys.overlap')} extra={t('keys.overlapHint')}>
          <InputNumber min={0} max={720} style={{ width: '100%' }} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
