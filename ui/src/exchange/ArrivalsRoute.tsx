import { keepPreviousData } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { Pill } from '@/kit/Pill';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { sizeOf } from '@/recipient/recipient';
import type { Arrival } from './exchange';
import { ExchangeFrame } from './ExchangeFrame';
import { StateOf } from './StateOf';
import { usePartnerNames } from './use-partner-names';

const OpenedArrival = lazy(() => import('./OpenedArrival'));

/** What arrived: taken, or kept apart and why. */
export function Component() {
  const { t } = useTranslation('exchange');
  const { cursor, limit } = useTableAddress();
  const [open, setOpen] = useState<Arrival>();
  const listing = queries.useQuery('get', '/api/exchange/arrivals', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const partnerName = usePartnerNames();
  const columns: Column<Arrival>[] = [
    { key: 'partner', title: t('column.partner'), fixed: true, render: ({ partner }) => partnerName(partner) },
    { key: 'sequence', title: t('column.sequence'), width: '80px', align: 'end', fixed: true, render: ({ sequence }) => sequence ?? '–' },
    { key: 'outcome', title: t('column.outcome'), width: '130px', fixed: true, render: ({ outcome }) => <StateOf state={outcome} /> },
    { key: 'apart', title: t('column.apart'), width: '110px', render: ({ apart }) => (apart ? <Pill tone="error">{t('apart')}</Pill> : '–') },
    { key: 'taken', title: t('column.taken'), width: '80px', align: 'end', render: ({ taken }) => taken },
    { key: 'aside', title: t('column.aside'), width: '100px', align: 'end', render: ({ aside }) => aside },
    { key: 'findings', title: t('column.findings'), width: '80px', align: 'end', render: ({ findings }) => findings.length },
    { key: 'bytes', title: t('column.bytes'), width: '100px', align: 'end', render: ({ bytes }) => sizeOf(bytes) },
    { key: 'at', title: t('column.at'), width: '150px', render: ({ at }) => <When at={at} /> },
  ];
  return (
    <ExchangeFrame tab="arrivals">
      <DataTable name="arrivals" label={t('arrivals.title')} columns={columns} page={tableOf(listing)} rowKey={({ id }) => id} onOpen={setOpen} empty={{ title: t('arrivals.none'), hint: t('arrivals.noneHint') }} />
      <Suspense fallback={null}>{open && <OpenedArrival arrival={open} partnerName={partnerName} onClose={() => setOpen(undefined)} />}</Suspense>
    </ExchangeFrame>
  );
}
