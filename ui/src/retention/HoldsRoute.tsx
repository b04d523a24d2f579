import { PlusOutlined } from '@ant-design/icons';
import { keepPreviousData } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Code } from '@/kit/Code';
import { Pill } from '@/kit/Pill';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import type { Hold } from './retention';
import { RetentionFrame } from './RetentionFrame';

const SetHold = lazy(() => import('./SetHold'));

/** What keeps records beyond their term. */
export function Component() {
  const { t } = useTranslation('retention');
  const { t: k } = useTranslation('kit');
  const { person: me, roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const { cursor, limit } = useTableAddress();
  const [setting, setSetting] = useState(false);
  const listing = queries.useQuery('get', '/api/retention/holds', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const lift = queries.useMutation('post', '/api/retention/holds/{id}/lift', { onSuccess: () => cache.invalidateQueries(), onError: (error) => void message.error(fault(error)) });
  const person = usePerson(listing.data?.names);
  const keeps = may(roles, 'holdRecords');
  const columns: Column<Hold>[] = [
    { key: 'patient', title: t('column.id'), width: '120px', fixed: true, render: ({ patient }) => <Code value={patient} ends={6} copyable /> },
    { key: 'basis', title: t('column.basis'), width: '110px', fixed: true, render: ({ basis }) => t(`basis.${basis}`) },
    { key: 'holds', title: t('column.state'), width: '100px', fixed: true, render: ({ holds, lifted }) => <Pill tone={holds ? 'warning' : 'neutral'}>{t(holds ? 'holding' : lifted ? 'lifted' : 'over')}</Pill> },
    { key: 'by', title: t('column.by'), width: '120px', render: ({ by }) => person(by) },
    { key: 'since', title: t('column.since'), width: '150px', render: ({ since }) => <When at={since} /> },
    { key: 'until', title: t('column.until'), width: '150px', render: ({ until }) => <When at={until} /> },
    { key: 'liftedBy', title: t('column.liftedBy'), width: '120px', render: ({ liftedBy }) => person(liftedBy) || '–' },
    {
      key: 'do',
      title: '',
      width: '90px',
      fixed: true,
      render: ({ id, holds, by }) =>
        keeps &&
        holds &&
        by !== me && (
          <Popconfirm title={t('lift.title')} description={t('lift.note')} okText={t('lift.do')} cancelText={k('cancel')} onConfirm={() => lift.mutate({ params: { path: { id } } })}>
            <Button size="small">{t('lift.do')}</Button>
          </Popconfirm>
        ),
    },
  ];
  return (
    <RetentionFrame
      tab="holds"
      actions={
        keeps && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setSetting(true)}>
            {t('hold.title')}
          </Button>
        )
      }
    >
      <DataTable name="retention-holds" label={t('holds.title')} columns={columns} page={tableOf(listing)} rowKey={({ id }) => id} empty={{ title: t('holds.none'), hint: t('holds.noneHint') }} />
      <Suspense fallback={null}>{setting && <SetHold onClose={() => setSetting(false)} />}</Suspense>
    </RetentionFrame>
  );
}
