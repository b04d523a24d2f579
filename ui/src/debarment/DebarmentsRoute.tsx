import { AimOutlined, StopOutlined } from '@ant-design/icons';
import { keepPreviousData } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Pill } from '@/kit/Pill';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import { standing, type Debarment, type Writing } from './debarment';
import styles from './Debarment.module.css';
import { DebarmentFrame } from './DebarmentFrame';
import { StateOf } from './StateOf';

const OpenedDebarment = lazy(() => import('./OpenedDebarment'));
const Propose = lazy(() => import('./Propose'));
const TraceCopy = lazy(() => import('./TraceCopy'));

/** Who is barred, was, or is proposed to be. */
export function Component() {
  const { t } = useTranslation('debarment');
  const { roles } = useSession();
  const { cursor, limit } = useTableAddress();
  const [open, setOpen] = useState<'trace' | { propose: Partial<Writing> } | { id: string }>();
  const listing = queries.useQuery('get', '/api/debarments', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const person = usePerson(listing.data?.names);
  const columns: Column<Debarment>[] = [
    { key: 'name', title: t('column.name'), fixed: true, render: ({ name }) => name || t('destroyed') },
    { key: 'state', title: t('column.state'), width: '120px', fixed: true, render: (one) => <StateOf state={standing(one)} /> },
    { key: 'kind', title: t('column.kind'), width: '80px', render: ({ kind }) => t(`kind.${kind}`) },
    { key: 'reason', title: t('column.reason'), width: '140px', render: ({ reason }) => t(`reason.${reason}` as never, { defaultValue: reason }) },
    { key: 'hits', title: t('column.hits'), width: '90px', align: 'end', render: ({ hits, waiting }) => (waiting > 0 ? <Pill tone="warning">{t('waiting', { n: waiting })}</Pill> : hits) },
    { key: 'proposedBy', title: t('column.proposedBy'), width: '100px', render: ({ proposedBy }) => person(proposedBy) },
    { key: 'settledBy', title: t('column.settledBy'), width: '100px', render: ({ settledBy }) => (settledBy ? person(settledBy) : '–') },
    { key: 'since', title: t('column.since'), width: '140px', hidden: true, render: ({ since }) => <When at={since} /> },
    { key: 'until', title: t('column.until'), width: '140px', render: ({ until }) => (until ? <When at={until} /> : t('untilReview')) },
    { key: 'review', title: t('column.review'), width: '140px', render: ({ review }) => (review ? <When at={review} /> : '–') },
  ];
  const close = () => setOpen(undefined);
  const shown = typeof open === 'object' && 'id' in open && listing.data?.items?.find(({ id }) => id === open.id);
  return (
    <DebarmentFrame
      tab="register"
      actions={
        may(roles, 'proposeDebarments') && (
          <div className={styles.buttons}>
            <Button icon={<AimOutlined />} onClick={() => setOpen('trace')}>
              {t('trace.title')}
            </Button>
            <Button type="primary" icon={<StopOutlined />} onClick={() => setOpen({ propose: {} })}>
              {t('propose.title')}
            </Button>
          </div>
        )
      }
    >
      <DataTable name="debarments" label={t('register.title')} columns={columns} page={tableOf(listing)} rowKey={({ id }) => id} onOpen={({ id }) => setOpen({ id })} exported={{ list: 'debarments', filter: {} }} empty={{ title: t('register.none'), hint: t('register.noneHint') }} />
      <Suspense fallback={null}>
        {open === 'trace' && <TraceCopy onBar={(propose) => setOpen({ propose })} onClose={close} />}
        {typeof open === 'object' && 'propose' in open && <Propose initial={open.propose} onClose={close} />}
        {shown && <OpenedDebarment debarment={shown} names={listing.data?.names} onClose={close} />}
      </Suspense>
    </DebarmentFrame>
  );
}
