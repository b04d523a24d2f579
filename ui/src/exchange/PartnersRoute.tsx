import { IdcardOutlined, PlusOutlined, SendOutlined } from '@ant-design/icons';
import { keepPreviousData } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import { standing, type Partner } from './exchange';
import styles from './Exchange.module.css';
import { ExchangeFrame } from './ExchangeFrame';
import { StateOf } from './StateOf';

const OpenedPartner = lazy(() => import('./OpenedPartner'));
const OwnCard = lazy(() => import('./OwnCard'));
const RegisterPartner = lazy(() => import('./RegisterPartner'));
const SendPackage = lazy(() => import('./SendPackage'));

/** The houses with which packages are exchanged. */
export function Component() {
  const { t } = useTranslation('exchange');
  const { roles } = useSession();
  const { message } = App.useApp();
  const { cursor, limit } = useTableAddress();
  const [open, setOpen] = useState<'card' | 'register' | 'send' | { partner: string }>();
  const listing = queries.useQuery('get', '/api/exchange/partners', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const person = usePerson(listing.data?.names);
  const columns: Column<Partner>[] = [
    { key: 'name', title: t('column.name'), fixed: true, render: ({ card }) => `${card.name} · ${card.org}` },
    { key: 'state', title: t('column.state'), width: '110px', fixed: true, render: (one) => <StateOf state={standing(one)} /> },
    { key: 'ways', title: t('column.ways'), width: '130px', render: ({ recipient, source }) => [recipient && t('sends'), source && t('receives')].filter(Boolean).join(t('separator')) },
    { key: 'onwards', title: t('column.onwards'), width: '120px', render: ({ onwards }) => t(onwards ? 'onwards.yes' : 'onwards.no') },
    { key: 'madeBy', title: t('column.madeBy'), width: '110px', render: ({ madeBy }) => person(madeBy) },
    { key: 'approvedBy', title: t('column.approvedBy'), width: '110px', render: ({ approvedBy }) => person(approvedBy) || '–' },
    { key: 'until', title: t('column.until'), width: '140px', render: ({ until }) => <When at={until} /> },
  ];
  const close = () => setOpen(undefined);
  const shown = typeof open === 'object' && listing.data?.items?.find(({ id }) => id === open.partner);
  return (
    <ExchangeFrame
      tab="partners"
      actions={
        <div className={styles.buttons}>
          <Button icon={<IdcardOutlined />} onClick={() => setOpen('card')}>
            {t('card.own')}
          </Button>
          {may(roles, 'keepPartners') && (
            <Button icon={<PlusOutlined />} onClick={() => setOpen('register')}>
              {t('register.title')}
            </Button>
          )}
          {may(roles, 'sendPackages') && (
            <Button type="primary" icon={<SendOutlined />} onClick={() => setOpen('send')}>
              {t('send.title')}
            </Button>
          )}
        </div>
      }
    >
      <DataTable name="partners" label={t('partners.title')} columns={columns} page={tableOf(listing)} rowKey={({ id }) => id} onOpen={({ id }) => setOpen({ partner: id })} empty={{ title: t('partners.none'), hint: t('partners.noneHint') }} />
      <Suspense fallback={null}>
        {open === 'card' && <OwnCard onClose={close} />}
        {open === 'register' && <RegisterPartner onClose={close} />}
        {open === 'send' && (
          <SendPackage
            onSent={({ sequence }) => {
              close();
              void message.success(t('send.done', { n: sequence }));
            }}
            onClose={close}
          />
        )}
        {shown && <OpenedPartner partner={shown} names={listing.data?.names} onClose={close} />}
      </Suspense>
    </ExchangeFrame>
  );
}
