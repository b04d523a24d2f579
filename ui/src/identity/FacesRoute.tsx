import { keepPreviousData } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';
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
import { AccountsFrame } from './AccountsFrame';
import { seen, type Face } from './face';

/** Every enrolment of a face with the consent on which it rests, and every deletion. */
export function Component() {
  const { t } = useTranslation('identity');
  const { t: k } = useTranslation('kit');
  const { roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const { cursor, limit } = useTableAddress();
  const listing = queries.useQuery('get', '/api/faces', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const person = usePerson(listing.data?.names);
  const erase = queries.useMutation('post', '/api/identity/faces/{id}/end', {
    onError: (error) => void message.error(fault(error)),
    onSuccess: async () => {
      void message.success(t('face.erasedNow'));
      await cache.invalidateQueries();
    },
  });
  const columns: Column<Face>[] = [
    { key: 'person', title: t('face.column.person'), fixed: true, render: ({ person: of }) => person(of) },
    { key: 'state', title: t('face.column.state'), width: '110px', fixed: true, render: ({ ended }) => (ended ? <Pill>{t('face.erased')}</Pill> : <Pill tone="success">{t('face.inUse')}</Pill>) },
    { key: 'made', title: t('face.column.made'), width: '150px', render: ({ made }) => <When at={made} /> },
    { key: 'pledge', title: t('face.column.pledge'), width: '150px', render: ({ pledge }) => <Code value={pledge} ends={4} copyable /> },
    { key: 'live', title: t('face.column.live'), width: '90px', align: 'end', render: ({ live }) => seen(live) },
    { key: 'used', title: t('face.column.used'), width: '150px', render: ({ used }) => (used ? <When at={used} /> : '–') },
    { key: 'ended', title: t('face.column.ended'), width: '220px', render: ({ ended, why }) => (ended ? <>{t(`face.whys.${why ?? 'removed'}`)} <When at={ended} /></> : '–') },
  ];
  if (may(roles, 'eraseFaces'))
    columns.push({
      key: 'do',
      title: t('face.erase'),
      width: '110px',
      fixed: true,
      render: ({ id, ended }) =>
        !ended && (
          <Popconfirm title={t('face.eraseTitle')} description={t('face.eraseNote')} okText={t('face.erase')} cancelText={k('cancel')} onConfirm={() => erase.mutate({ params: { path: { id } } })}>
            <Button size="small" danger>
              {t('face.erase')}
            </Button>
          </Popconfirm>
        ),
    });
  return (
    <AccountsFrame tab="faces">
      <DataTable name="faces" label={t('faces.title')} columns={columns} page={tableOf(listing)} rowKey={({ id }) => id} empty={{ title: t('faces.none'), hint: t('faces.noneHint') }} />
    </AccountsFrame>
  );
}
