import { Button, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Notice } from '@/kit/Notice';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import type { AccountSystem, SystemRole } from './sysaccount';
import { roleIDs } from './role-ids';
import styles from './Sysaccount.module.css';

interface Ruling {
  ours?: string | undefined;
  level: number;
}

/** The roles of a system: what each comes to here, and which exclude one another. */
export default function MapRoles({ system, onClose }: { system: AccountSystem; onClose: () => void }) {
  const { t } = useTranslation(['sysaccount', 'terms']);
  const fault = useFault();
  const [said, setSaid] = useState<Record<string, Ruling>>({});
  const keep = queries.useMutation('post', '/api/system-accounts/roles', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const ruling = (one: SystemRole): Ruling => said[one.role] ?? { ours: one.ours, level: one.level ?? 1 };
  const say = (one: SystemRole, change: Partial<Ruling>) => setSaid({ ...said, [one.role]: { ...ruling(one), ...change } });
  const columns: Column<SystemRole>[] = [
    { key: 'role', title: t('column.role'), render: ({ role, mapped }) => <>{role} {!mapped && <Pill tone="warning">{t('kind.unmapped-role')}</Pill>}</> },
    { key: 'alive', title: t('column.alive'), width: '70px', align: 'end', render: ({ alive }) => alive },
    {
      key: 'ours',
      title: t('column.ours'),
      width: '190px',
      render: (one) => (
        <Select
          size="small"
          className={styles.wide}
          aria-label={`${one.role} ${t('column.ours')}`}
          value={ruling(one).ours ?? ''}
          options={[{ value: '', label: t('roles.any') }, ...roleIDs.map((value) => ({ value, label: t(`terms:role.${value}` as never, { defaultValue: value }) }))]}
          onChange={(ours: string) => say(one, { ours: ours || undefined })}
        />
      ),
    },
    {
      key: 'level',
      title: t('column.level'),
      width: '80px',
      render: (one) => <Select size="small" aria-label={`${one.role} ${t('column.level')}`} value={ruling(one).level} options={[1, 2, 3, 4, 5].map((value) => ({ value, label: value }))} onChange={(level: number) => say(one, { level })} />,
    },
    { key: 'against', title: t('column.against'), width: '150px', render: ({ against }) => against.join('、') },
  ];
  const roles = Object.entries(said).map(([role, { ours, level }]) => ({ role, level, ...(ours && { ours }) }));
  return (
    <Modal open onCancel={onClose} footer={null} width={820} title={t('roles.title', { system: system.source })} destroyOnHidden>
      <div className={styles.parts}>
        <p className={styles.note}>{t('roles.lead')}</p>
        {keep.error && <Notice tone="error">{fault(keep.error)}</Notice>}
        <PlainTable label={t('roles.title', { system: system.source })} columns={columns} rows={system.roles} rowKey={({ role }) => role} empty={t('roles.none')} />
        <div className={styles.buttons}>
          <Button onClick={onClose}>{t('close')}</Button>
          <Button type="primary" disabled={roles.length === 0} loading={keep.isPending} onClick={() => keep.mutate({ body: { source: system.source, roles } })}>
            {t('roles.keep')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
