import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useKnownPatient } from '@/access/live-reasons';
import { NotOpened } from '@/access/NotOpened';
import { queries } from '@/api/client';
import { failureOf } from '@/api/problem';
import { most, onwards, useWhole } from '@/api/whole';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { purposesToSee } from './case';
import { PurposeFirst } from './PurposeFirst';
import { SharingPage } from './SharingPage';
import { SharingTabs } from './SharingTabs';
import { useRequesters } from './use-requesters';

const Receive = lazy(() => import('./Receive'));

export function Component() {
  const me = useSession();
  return (
    <PurposeFirst fitting={purposesToSee(me)}>
      <Desk />
    </PurposeFirst>
  );
}

function Desk() {
  const { t } = useTranslation('sharing');
  const { roles } = useSession();
  const navigate = useNavigate();
  const nameOf = useKnownPatient();
  const [address, setAddress] = useSearchParams();
  const [receiving, setReceiving] = useState(false);
  const requesters = useRequesters();
  const listing = queries.useInfiniteQuery('get', '/api/sharing/cases', { params: { query: { limit: most } } }, onwards);
  const cases = useWhole(listing);
  const called = new Map(listing.data?.pages.flatMap(({ patients }) => Object.entries(patients)));
  const failure = failureOf(listing);
  if (failure) return <NotOpened error={failure} what={t('title')} onRetry={() => void listing.refetch()} />;
  if (!cases) return <Waiting />;
  return (
    <>
      <SharingPage
        cases={cases}
        figures={listing.data?.pages[0]?.figures ?? []}
        requesters={requesters}
        all={address.get('which') === 'all'}
        onAll={(all) => setAddress(all ? { which: 'all' } : {}, { replace: true })}
        patientName={(id) => called.get(id) ?? nameOf(id)}
        tabs={<SharingTabs />}
        actions={
          may(roles, 'receiveSharing') && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setReceiving(true)}>
              {t('receive')}
            </Button>
          )
        }
      />
      <Suspense fallback={null}>{receiving && <Receive requesters={requesters} onReceived={({ id }) => void navigate(`/sharing/${id}`)} onClose={() => setReceiving(false)} />}</Suspense>
    </>
  );
}
