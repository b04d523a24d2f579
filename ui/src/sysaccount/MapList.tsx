import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import type { AccountSystem } from './sysaccount';
import styles from './Sysaccount.module.css';

const fields = ['account', 'name', 'staff', 'roles', 'department', 'state', 'signedIn'] as const;

type Said = Record<(typeof fields)[number], string> & { source: string; apart: string; alive: string[] };

/** Says in which columns of a system's list what stands. */
export default function MapList({ system, onClose }: { system: AccountSystem | undefined; onClose: () => void }) {
  const { t } = useTranslation('sysaccount');
  const fault = useFault();
  const keep = queries.useMutation('post', '/api/system-accounts/mapping', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const known = system?.mapping;
  const initial = { source: system?.source ?? '', apart: known?.apart ?? ';', alive: known?.alive ?? [t('map.usualState')], ...Object.fromEntries(fields.map((field) => [field, known ? (known.fields[field] ?? '') : t(`map.usual.${field}`)])) } as Said;
  return (
    <FormDialog<Said>
      title={t('map.title')}
      lead={t('map.lead')}
      submit={t('map.keep')}
      width={640}
      initial={initial}
      busy={keep.isPending}
      error={fault(keep.error)}
      onSubmit={({ source, apart, alive, ...columns }) => keep.mutate({ body: { source, mapping: { apart, alive, fields: Object.fromEntries(fields.map((field) => [field, columns[field]])) } } })}
      onClose={onClose}
    >
      <Form.Item name="source" label={t('map.source')} rules={[{ required: true, message: t('required') }]}>
        <Input disabled={system !== undefined} maxLength={40} />
      </Form.Item>
      <div className={styles.two}>
        {fields.map((field) => (
          <Form.Item key={field} name={field} label={t(`map.field.${field}`)}>
            <Input maxLength={200} />
          </Form.Item>
        ))}
        <Form.Item name="apart" label={t('map.apart')}>
          <Input maxLength={3} />
        </Form.Item>
      </div>
      <Form.Item name="alive" label={t('map.alive')}>
        <Select mode="tags" open={false} />
      </Form.Item>
    </FormDialog>
  );
}
