import { Form, Input, Radio, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import { useText } from '@/language/text';
import { PersonPicker } from '@/staff/PersonPicker';
import type { Writing } from './debarment';
import styles from './Debarment.module.css';

interface ProposeProps {
  /** What is known already, such as from a traced copy. */
  initial: Partial<Writing>;
  onClose: () => void;
}

type Written = Omit<Writing, 'aliases' | 'evidence' | 'traced'> & { aliases?: string; evidence: string };

const lines = (text: string | undefined) => (text ?? '').split('\n').map((line) => line.trim()).filter(Boolean);

/** Proposes that a person or an organisation is barred. Somebody unrelated agrees. */
export default function Propose({ initial, onClose }: ProposeProps) {
  const { t } = useTranslation('debarment');
  const text = useText();
  const fault = useFault();
  const reasons = queries.useQuery('get', '/api/debarments/reasons', {});
  const propose = queries.useMutation('post', '/api/debarments', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const needed = { required: true, message: t('required') };
  const { traced, evidence, aliases, ...known } = initial;
  const submit = ({ evidence: proofs, aliases: others, ...rest }: Written) =>
    propose.mutate({ body: { ...rest, aliases: lines(others), evidence: lines(proofs).map((what) => ({ what })), ...(traced && { traced }) } });
  return (
    <FormDialog<Written>
      title={t('propose.title')}
      lead={t('propose.lead')}
      submit={t('propose.submit')}
      width={760}
      busy={propose.isPending}
      error={fault(propose.error)}
      initial={{
        kind: 'organisation',
        review: dayjs().startOf('day').add(1, 'year').toISOString(),
        ...known,
        aliases: (aliases ?? []).join('\n'),
        evidence: (evidence ?? []).map(({ what }) => (traced ? t('propose.traced', { serial: what }) : what)).join('\n'),
      }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t('column.kind')}>
        <Radio.Group optionType="button" options={(['organisation', 'person'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))} />
      </Form.Item>
      <div className={styles.two}>
        <Form.Item name="name" label={t('column.name')} rules={[needed]}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="number" label={t('field.number')} extra={t('field.numberHint')}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="aliases" label={t('field.aliases')} extra={t('field.linesHint')}>
          <Input.TextArea rows={2} />
        </Form.Item>
        <Form.Item name="person" label={t('field.person')} extra={t('field.personHint')}>
          <PersonPicker />
        </Form.Item>
        <Form.Item name="reason" label={t('column.reason')} rules={[needed]}>
          <Select options={(reasons.data?.reasons ?? []).map(({ id, name }) => ({ value: id, label: text(name) }))} />
        </Form.Item>
        <Form.Item name="basis" label={t('field.basis')} rules={[needed]}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
        <Form.Item name="facts" label={t('field.facts')} rules={[needed]}>
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
        <Form.Item name="evidence" label={t('field.evidence')} extra={t('field.linesHint')} rules={[needed]}>
          <Input.TextArea rows={3} />
        </Form.Item>
        <Form.Item name="review" htmlFor="review" label={t('column.review')} extra={t('field.reviewHint')}>
          <MomentInput id="review" />
        </Form.Item>
        <Form.Item name="until" htmlFor="until" label={t('column.until')} extra={t('field.untilHint')}>
          <MomentInput id="until" />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
