import { App, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import styles from './Recipient.module.css';

interface Handed {
  text: string;
  time: string;
  destination: string;
  bytes?: string;
  pattern?: string;
  delimiter?: string;
}

/** Hands in a log of a firewall or gateway, to be held against the register. */
export default function HandIn({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('recipient');
  const { message } = App.useApp();
  const fault = useFault();
  const compare = queries.useMutation('post', '/api/recipients/egress', {
    onSuccess: async ({ lines, hosts, known, findings }) => {
      await cache.invalidateQueries();
      onClose();
      void message.success(t('egress.compared', { lines, hosts, known, found: findings.length }));
    },
  });
  const needed = { required: true, message: t('required') };
  const submit = ({ text, time, destination, bytes, pattern, delimiter }: Handed) =>
    compare.mutate({ body: { text, mapping: { time, destination, bytes: bytes ?? '', pattern: pattern ?? '', delimiter: delimiter ?? '' } } });
  return (
    <FormDialog<Handed> title={t('egress.hand')} lead={t('egress.handLead')} submit={t('egress.hand')} width={720} busy={compare.isPending} error={fault(compare.error)} initial={{ text: '', time: 'time', destination: 'destination', bytes: 'bytes', delimiter: ',' }} onSubmit={submit} onClose={onClose}>
      <div className={styles.three}>
        <Form.Item name="time" label={t('egress.time')} rules={[needed]}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="destination" label={t('egress.destination')} rules={[needed]}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="bytes" label={t('egress.bytes')}>
          <Input maxLength={120} />
        </Form.Item>
      </div>
      <div className={styles.two}>
        <Form.Item name="pattern" label={t('egress.pattern')} extra={t('egress.patternHint')}>
          <Input maxLength={60} className={styles.mono} placeholder="2006-01-02 15:04:05" />
        </Form.Item>
        <Form.Item name="delimiter" label={t('egress.delimiter')}>
          <Select
            options={[
              { value: ',', label: ',' },
              { value: ';', label: ';' },
              { value: '\t', label: t('egress.tab') },
              { value: '|', label: '|' },
            ]}
          />
        </Form.Item>
      </div>
      <Form.Item name="text" label={t('egress.text')} extra={t('egress.textHint')} rules={[needed]}>
        <Input.TextArea rows={8} className={styles.mono} placeholder={'time,destination,bytes\n2026-03-02T08:00:00+08:00,203.0.113.9:443,1200'} />
      </Form.Item>
    </FormDialog>
  );
}
