import { keepPreviousData } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import { sizeOf } from '@/recipient/recipient';
import type { Package } from './exchange';
import { ExchangeFrame } from './ExchangeFrame';
import { StateOf } from './StateOf';
import { usePartnerNames } from './use-partner-names';

const OpenedPackage = lazy(() => import('./OpenedPackage'));

/** What was sent, and whether its receipt came. */
export function Component() {
  const { t } = useTranslation('exchange');
  const { cursor, limit } = useTableAddress();
  const [open, setOpen] = useState<string>();
  const listing = queries.useQuery('get', '/api/exchange/packages', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const person = usePerson(listing.data?.names);
  const partnerName = usePartnerNames();
  const columns: Column<Package>[] = [
    { key: 'partner', title: t('column.partner'), fixed: true, render: ({ partner }) => partnerName(partner) },
    { key: 'sequence', title: t('column.sequence'), width: '80px', align: 'end', fixed: true, render: ({ sequence }) => sequence },
    { key: 'state', title: t('column.receipt'), width: '130px', fixed: true, render: ({ state }) => <StateOf state={state} /> },
    { key: 'tries', title: t('column.tries'), width: '80px', align: 'end', render: ({ tries }) => tries },
    { key: 'count', title: t('column.count'), width: '90px', align: 'end', render: ({ count }) => count },
    { key: 'bytes', title: t('column.bytes'), width: '100px', align: 'end', hidden: true, render: ({ bytes }) => sizeOf(bytes) },
    { key: 'sender', title: t('column.sender'), width: '110px', render: ({ sender }) => person(sender) },
    { key: 'sent', title: t('column.sent'), width: '150px', render: ({ sent }) => <When at={sent} /> },
    { key: 'settled', title: t('column.settled'), width: '150px', render: ({ settled }) => (settled ? <When at={settled} /> : '–') },
  ];
  return (
    <ExchangeFrame tab="packages">
      <DataTable name="packages" label={t('packages.title')} columns={columns} page={tableOf(listing)} rowKey={({ id }) => id} onOpen={({ id }) => setOpen(id)} empty={{ title: t('packages.none'), hint: t('packages.noneHint') }} />
      <Suspense fallback={null}>{open && <OpenedPackage id={open} partnerName={partnerName} onClose={() => setOpen(undefined)} />}</Suspense>
    </ExchangeFrame>
  );
}
