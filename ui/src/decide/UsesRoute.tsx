import { keepPreviousData } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { Page } from '@/app/Page';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import { stateIn, states, tones, type Use } from './use';
import { useWhat } from './use-what';

const OpenedUse = lazy(() => import('./OpenedUse'));

/** What other systems did while they had no answer: explained by the rules of its time, or for somebody to judge. */
export function Component() {
  const { t } = useTranslation('decide');
  const { cursor, limit, filters, setFilter } = useTableAddress();
  const [open, setOpen] = useState<string>();
  const state = stateIn(filters.state);
  const listing = queries.useQuery('get', '/api/decide/uses', { params: { query: { cursor, limit, state } } }, { placeholderData: keepPreviousData });
  const person = usePerson(listing.data?.names);
  const what = useWhat();
  const columns: Column<Use>[] = [
    { key: 'what', title: t('column.what'), fixed: true, render: ({ said }) => what(said) },
    { key: 'person', title: t('column.person'), width: '130px', fixed: true, render: (use) => person(use.person) || t('nobody', { value: use.said.person.number ?? use.said.person.account }) },
    { key: 'source', title: t('column.source'), width: '130px', render: ({ source }) => source },
    { key: 'decision', title: t('column.decision'), width: '140px', render: ({ decision }) => t(`decision.${decision}` as never, { defaultValue: decision }) },
    { key: 'at', title: t('column.at'), width: '150px', render: ({ at }) => <When at={at} /> },
    { key: 'received', title: t('column.received'), width: '150px', render: ({ received }) => <When at={received} /> },
    { key: 'state', title: t('column.state'), width: '110px', render: (use) => <Pill tone={tones[use.state]}>{t(`state.${use.state}`)}</Pill> },
    { key: 'by', title: t('column.by'), width: '110px', hidden: state === 'waiting' || state === 'explained', render: ({ settledBy }) => person(settledBy) || '–' },
  ];
  const shown = listing.data?.items?.find(({ id }) => id === open);
  return (
    <Page fixed>
      <PageHead title={t('title')} lead={t('lead')} />
      <DataTable
        name="uses"
        label={t('title')}
        columns={columns}
        page={tableOf(listing)}
        rowKey={({ id }) => id}
        onOpen={({ id }) => setOpen(id)}
        extra={
          <Segmented
            aria-label={t('column.state')}
            value={state}
            onChange={(value) => setFilter('state', value === 'waiting' ? undefined : value)}
            options={states.map((value) => ({ value, label: t(`state.${value}`) }))}
          />
        }
        empty={{ title: t(`none.${state}`), hint: t('noneHint') }}
      />
      <Suspense fallback={null}>{shown && <OpenedUse use={shown} names={listing.data?.names} onClose={() => setOpen(undefined)} />}</Suspense>
    </Page>
  );
}
