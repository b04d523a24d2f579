import { keepPreviousData } from '@tanstack/react-query';
import dayjs from 'dayjs';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PatientPicker } from '@/access/PatientPicker';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { Page } from '@/app/Page';
import { PageHead } from '@/kit/PageHead';
import { useTableAddress } from '@/kit/table/address';
import type { Column, Filter } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import { arrivalOf, type Sending } from './recipient';
import { StateOf } from './StateOf';

const OpenedSending = lazy(() => import('./OpenedSending'));

const outcomes = ['waiting', 'matched', 'late', 'altered', 'duplicate', 'absent'] as const;

/** What was sent: by patient, recipient and period. */
export function Component() {
  const { t } = useTranslation('recipient');
  const { cursor, limit, filters, setFilter } = useTableAddress();
  const [open, setOpen] = useState<string>();
  const { patient, recipient, outcome, from, to } = filters;
  const listing = queries.useQuery(
    'get',
    '/api/transmissions',
    { params: { query: { cursor, limit, ...(patient && { patient }), ...(recipient && { recipient }), ...(outcome && { outcome: outcome as (typeof outcomes)[number] }), ...(from && { from: dayjs(from).startOf('day').toISOString() }), ...(to && { to: dayjs(to).add(1, 'day').startOf('day').toISOString() }) } } },
    { placeholderData: keepPreviousData },
  );
  const person = usePerson(listing.data?.names);
  const columns: Column<Sending>[] = [
    { key: 'to', title: t('column.to'), fixed: true, render: ({ to: name, party }) => name || t(`party.${party}`) },
    { key: 'sequence', title: t('column.sequence'), width: '70px', align: 'end', render: ({ sequence }) => sequence },
    { key: 'sent', title: t('column.sent'), width: '140px', render: ({ sent }) => <When at={sent} /> },
    { key: 'shape', title: t('column.shape'), width: '160px', render: ({ shape }) => t(`shape.${shape}` as never, { defaultValue: shape }) },
    { key: 'channel', title: t('column.channel'), width: '110px', render: ({ channel }) => channel },
    { key: 'count', title: t('column.count'), width: '70px', align: 'end', render: ({ count }) => count },
    { key: 'sender', title: t('column.sender'), width: '110px', render: ({ sender }) => person(sender) || t(`machine.${sender}` as never, { defaultValue: sender }) },
    { key: 'basis', title: t('field.basis'), width: '180px', hidden: true, render: ({ basis }) => basis },
    { key: 'arrival', title: t('column.arrival'), width: '120px', fixed: true, render: (one) => <StateOf state={arrivalOf(one)} /> },
  ];
  const narrowed: Filter[] = [
    { kind: 'choice', key: 'outcome', label: t('column.arrival'), options: outcomes.map((value) => ({ value, label: t(`state.${value}`) })) },
    { kind: 'period', fromKey: 'from', toKey: 'to', label: t('period') },
  ];
  return (
    <Page fixed>
      <PageHead title={t('sendings.title')} lead={t('sendings.lead')} />
      <DataTable
        name="transmissions"
        label={t('sendings.title')}
        columns={columns}
        filters={narrowed}
        page={tableOf(listing)}
        rowKey={({ id }) => id}
        onOpen={({ id }) => setOpen(id)}
        extra={<PatientPicker value={patient} label={t('patient')} onChange={(one) => setFilter('patient', one)} />}
        exported={{ list: 'transmissions', filter: filters }}
        empty={{ title: t('sendings.none'), hint: t('sendings.noneHint') }}
      />
      <Suspense fallback={null}>{open && <OpenedSending id={open} onClose={() => setOpen(undefined)} />}</Suspense>
    </Page>
  );
}
