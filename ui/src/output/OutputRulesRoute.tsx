import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import { queries } from '@/api/client';
import { most, onwards, useWhole } from '@/api/whole';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { countOf, type Channel, type Names, type Profile } from './output';
import { Refused } from './Refused';
import { OutputRulesPage, ruleTabs } from './OutputRulesPage';

const SetProfile = lazy(() => import('./SetProfile'));
const SetChannel = lazy(() => import('./SetChannel'));
const SetStation = lazy(() => import('./SetStation'));
const SetBadge = lazy(() => import('./SetBadge'));

type Setting = { what: 'profile'; from?: Profile | undefined } | { what: 'channel'; from?: Channel | undefined } | { what: 'station' } | { what: 'badge' };

export function Component() {
  const { roles } = useSession();
  const [address, setAddress] = useSearchParams();
  const [setting, setSetting] = useState<Setting>();
  const profiles = queries.useQuery('get', '/api/output/profiles', {});
  const channels = queries.useQuery('get', '/api/output/channels', {});
  const routes = may(roles, 'setRoutes');
  const tab = ruleTabs.find((one) => one === address.get('tab')) ?? 'profiles';
  const registers = { ...onwards, enabled: routes && tab === 'stations' };
  const stations = queries.useInfiniteQuery('get', '/api/output/stations', { params: { query: { limit: most } } }, registers);
  const badges = queries.useInfiniteQuery('get', '/api/output/badges', { params: { query: { limit: most } } }, registers);
  const close = () => setSetting(undefined);
  return (
    <>
      <OutputRulesPage
        tab={tab}
        onTab={(tab) => setAddress({ tab }, { replace: true })}
        profiles={profiles.data && (profiles.data.items ?? [])}
        channels={channels.data && (channels.data.items ?? [])}
        unregistered={countOf(channels.data?.unregistered, 'refused')}
        stations={useWhole(stations)}
        badges={useWhole(badges)}
        names={Object.assign({}, ...[...(stations.data?.pages ?? []), ...(badges.data?.pages ?? [])].map(({ names }) => names)) as Names}
        refused={<Refused error={profiles.error ?? channels.error ?? stations.error ?? badges.error} />}
        onProfile={may(roles, 'setOutputProfiles') ? (from) => setSetting({ what: 'profile', from }) : undefined}
        onChannel={routes ? (from) => setSetting({ what: 'channel', from }) : undefined}
        onStation={routes ? () => setSetting({ what: 'station' }) : undefined}
        onBadge={routes ? () => setSetting({ what: 'badge' }) : undefined}
      />
      <Suspense fallback={null}>
        {setting?.what === 'profile' && <SetProfile from={setting.from} onClose={close} />}
        {setting?.what === 'channel' && <SetChannel from={setting.from} onClose={close} />}
        {setting?.what === 'station' && <SetStation onClose={close} />}
        {setting?.what === 'badge' && <SetBadge onClose={close} />}
      </Suspense>
    </>
  );
}
