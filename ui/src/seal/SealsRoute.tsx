import { LockOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useKnownPatient } from '@/access/live-reasons';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { most, onwards, useWhole } from '@/api/whole';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { usePeople } from '@/staff/use-people';
import { Bars } from './Bars';
import { SealsPage } from './SealsPage';

const PlaceSeal = lazy(() => import('./PlaceSeal'));
const AddBar = lazy(() => import('./AddBar'));

export function Component() {
  const { t } = useTranslation('seal');
  const { roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const navigate = useNavigate();
  const nameOf = useKnownPatient();
  const [address, setAddress] = useSearchParams();
  const [asked, setAsked] = useState<'seal' | 'bar'>();
  const live = address.get('which') !== 'all';
  const sees = may(roles, 'seeSeals');
  const keepsBars = may(roles, 'keepBars');
  const listing = queries.useInfiniteQuery('get', '/api/seals', { params: { query: { live, limit: most } } }, { ...onwards, enabled: sees });
  const seals = useWhole(listing);
  const bars = useWhole(queries.useInfiniteQuery('get', '/api/bars', { params: { query: { limit: most } } }, { ...onwards, enabled: keepsBars }));
  const lift = queries.useMutation('post', '/api/bars/{id}/lift', {
    onSuccess: () => cache.invalidateQueries(),
    onError: (error) => void message.error(fault(error)),
  });
  const people = usePeople([...(seals ?? []).map(({ owner }) => owner), ...(bars ?? []).flatMap(({ person, by }) => [person, by])]);
  const close = () => setAsked(undefined);
  return (
    <>
      <SealsPage
        seals={sees ? seals : []}
        live={live}
        onLive={(next) => setAddress(next ? {} : { which: 'all' }, { replace: true })}
        people={people}
        patientName={nameOf}
        error={fault(listing.error)}
        actions={
          may(roles, 'seal') && (
            <Button danger icon={<LockOutlined />} onClick={() => setAsked('seal')}>
              {t('place')}
            </Button>
          )
        }
        bars={keepsBars && <Bars bars={bars} people={people} patientName={nameOf} onAdd={() => setAsked('bar')} onLift={({ id }) => lift.mutate({ params: { path: { id } } })} />}
      />
      <Suspense fallback={null}>
        {asked === 'seal' && <PlaceSeal onPlaced={({ id }) => (close(), void navigate(`/seals/${id}`))} onClose={close} />}
        {asked === 'bar' && <AddBar onClose={close} />}
      </Suspense>
    </>
  );
}
