import { keepPreviousData } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { usePerson } from '@/privilege/use-person';
import type { Conflict } from './order';
import { OrderFrame } from './OrderFrame';
import { Length, StateOf } from './StateOf';
import { useTold } from './use-told';

const Decide = lazy(() => import('./Decide'));

const states = ['open', 'decided', 'lapsed'] as const;
const isState = (asked: string | undefined): asked is (typeof states)[number] => states.some((state) => state === asked);

/** What is against orders of patients whom one treats, and what was decided about it. */
export function Component() {
  const { t } = useTranslation('order');
  const text = useText();
  const { roles } = useSession();
  const { cursor, limit, filters } = useTableAddress();
  const [params, setParams] = useSearchParams();
  const [chosen, setChosen] = useState<string>();
  const asked = filters.state;
  const state = isState(asked) ? asked : undefined;
  const listing = queries.useQuery('get', '/api/orders/conflicts', { params: { query: { cursor, limit, ...(state && { state }) } } }, { placeholderData: keepPreviousData });
  useTold(undefined, () => void listing.refetch());
  const person = usePerson(listing.data?.names);
  const decides = may(roles, 'decideOrders');
  const wanted = chosen ?? params.get('conflict') ?? undefined;
  const open = decides ? listing.data?.items?.find(({ id, state: now }) => id === wanted && now === 'open') : undefined;
  const close = () => {
    setChosen(undefined);
    setParams((now) => {
      now.delete('conflict');
      return now;
    }, { replace: true });
  };
  const columns: Column<Conflict>[] = [
    { key: 'patient', title: t('column.patient'), width: '110px', fixed: true, render: ({ patient }) => <Link to={`/orders/patient?patient=${patient}`}>{listing.data?.patients[patient] ?? '–'}</Link> },
    { key: 'order', title: t('column.order'), width: '180px', fixed: true, render: ({ order }) => order },
    { key: 'why', title: t('column.why'), fixed: true, render: ({ kind, cause, say }) => <span title={text(say)}>{t(`kind.${kind}`)}{t('colon')}{kind === 'stopped' ? t(`step.${cause}` as never, { defaultValue: cause }) : cause}</span> },
    { key: 'state', title: t('column.state'), width: '100px', fixed: true, render: (one) => <StateOf state={one.state} /> },
    { key: 'prescriber', title: t('column.prescriber'), width: '110px', render: ({ prescriber }) => person(prescriber) || '–' },
    { key: 'found', title: t('column.found'), width: '110px', render: ({ found }) => <When at={found} as="ago" /> },
    { key: 'decision', title: t('column.decision'), render: ({ decision, reason, decidedBy }) => (decision ? `${t(`decide.${decision}`)}${t('colon')}${reason ?? ''} (${person(decidedBy)})` : '–') },
    { key: 'took', title: t('column.took'), width: '120px', render: ({ tookSeconds, ended }) => (ended ? <Length seconds={tookSeconds ?? 0} /> : '–') },
    ...(decides ? [{ key: 'act', title: '', width: '90px', fixed: true, render: (one: Conflict) => one.state === 'open' && <Button size="small" type="primary" onClick={() => setChosen(one.id)}>{t('decide.open')}</Button> }] : []),
  ];
  return (
    <OrderFrame tab="conflicts" fixed>
      <DataTable
        name="order-conflicts"
        label={t('conflicts.title')}
        columns={columns}
        page={tableOf(listing)}
        rowKey={({ id }) => id}
        filters={[{ kind: 'choice', key: 'state', label: t('column.state'), options: states.map((value) => ({ value, label: t(`state.${value}`) })) }]}
        empty={{ title: t('conflicts.none'), hint: t('conflicts.noneHint') }}
      />
      <Suspense fallback={null}>{open && <Decide conflict={open} onClose={close} />}</Suspense>
    </OrderFrame>
  );
}
