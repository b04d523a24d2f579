import { Form, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import type { Instant } from '@/language/time';
import type { Change } from './privilege';
import styles from './Privilege.module.css';

interface Asked {
  title: string;
  reason: string;
  script: string;
  tables: string[];
  objects?: string;
  risk: Change['risk'];
  since: Instant;
  until: Instant;
}

const risks = ['low', 'medium', 'high'] as const;

/** Asks for a change behind the system: what, why, which tables, and when. */
export default function AskChange({ onAsked, onClose }: { onAsked: (change: Change) => void; onClose: () => void }) {
  const { t } = useTranslation('privilege');
  const fault = useFault();
  const tables = queries.useQuery('get', '/api/privilege/tables', {});
  const ask = queries.useMutation('post', '/api/privilege/changes', {
    onSuccess: async (change) => {
      await cache.invalidateQueries();
      onAsked(change);
    },
  });
  const needed = { required: true, message: t('required') };
  const submit = ({ objects, ...body }: Asked) => {
    const rows = (objects ?? '').split('\n').map((row) => row.trim()).filter(Boolean);
    ask.mutate({ body: { ...body, ...(rows.length > 0 && { objects: rows }) } });
  };
  return (
    <FormDialog<Asked>
      title={t('changes.ask')}
      lead={t('changes.askLead')}
      submit={t('submit')}
      width={680}
      busy={ask.isPending}
      error={fault(ask.error)}
      initial={{ risk: 'medium', since: dayjs().add(1, 'hour').startOf('minute').toISOString(), until: dayjs().add(3, 'hour').startOf('minute').toISOString() }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="title" label={t('changes.what')} rules={[needed]}>
        <Input maxLength={80} placeholder={t('changes.whatHint')} />
      </Form.Item>
      <Form.Item name="reason" label={t('reason')} rules={[needed]}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      <Form.Item name="script" label={t('changes.script')} rules={[needed]}>
        <Input.TextArea rows={6} maxLength={60000} className={styles.script} />
      </Form.Item>
      <Form.Item name="tables" label={t('changes.tables')} extra={t('changes.tablesHint')} rules={[needed]}>
        <Select mode="multiple" loading={tables.isPending} options={(tables.data?.tables ?? []).map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name="objects" label={t('changes.objects')} extra={t('changes.objectsHint')}>
        <Input.TextArea rows={2} className={styles.script} />
      </Form.Item>
      <div className={styles.three}>
        <Form.Item name="risk" label={t('changes.risk')} rules={[needed]}>
          <Select options={risks.map((value) => ({ value, label: t(`risk.${value}`) }))} />
        </Form.Item>
        <Form.Item name="since" label={t('changes.since')} rules={[needed]}>
          <MomentInput id="since" />
        </Form.Item>
        <Form.Item name="until" label={t('changes.until')} rules={[needed]}>
          <MomentInput id="until" />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
