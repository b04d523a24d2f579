import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { most, onwards } from '@/api/whole';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { usePeople } from '@/staff/use-people';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ReleasesPage } from './ReleasesPage';

export function Component() {
  const { t } = useTranslation('policy');
  const { roles } = useSession();
  const fault = useFault();
  const known = queries.useInfiniteQuery('get', '/api/policy/releases', { params: { query: { limit: most } } }, onwards);
  const releases = known.data?.pages.flatMap(({ items }) => items ?? []) ?? [];
  const people = usePeople(releases.flatMap(({ writers, reviewer }) => [...(writers ?? []), reviewer]));
  const back = queries.useMutation('post', '/api/policy/roll-back', { onSuccess: () => cache.invalidateQueries() });
  const failure = failureOf(known);
  if (failure) return <NotOpened error={failure} what={t('releases.title')} onRetry={() => void known.refetch()} />;
  const own = known.data?.pages[0]?.own;
  if (!own) return <Waiting />;
  return (
    <ReleasesPage
      releases={releases}
      own={own}
      people={people}
      writes={may(roles, 'writeReleases')}
      rollsBack={may(roles, 'rollBackReleases')}
      busy={back.isPending}
      error={fault(back.error)}
      onRollBack={(words, done) => back.mutate({ body: { words } }, { onSuccess: done })}
      more={
        known.hasNextPage && (
          <Button loading={known.isFetchingNextPage} onClick={() => void known.fetchNextPage()}>
            {t('releases.more')}
          </Button>
        )
      }
    />
  );
}
