import { keepPreviousData } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Page } from '@/app/Page';
import { LinkButton } from '@/kit/LinkButton';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import { stateTones, type FeedRun } from './feed';

const RunFindings = lazy(() => import('./RunFindings'));

/** The runs of all feeds, or of one. */
export function Component() {
  const { t } = useTranslation('feed');
  const { roles } = useSession();
  const { cursor, limit, filters } = useTableAddress();
  const [open, setOpen] = useState<FeedRun>();
  const listing = queries.useQuery('get', '/api/feeds/runs', { params: { query: { cursor, limit, ...(filters.feed && { feed: filters.feed }) } } }, { placeholderData: keepPreviousData });
  const person = usePerson(listing.data?.names);
  const columns: Column<FeedRun>[] = [
    { key: 'begun', title: t('column.begun'), width: '150px', fixed: true, render: ({ begun }) => <When at={begun} /> },
    { key: 'feed', title: t('column.feed'), width: '170px', fixed: true, render: ({ feed, rev }) => `${feed} · ${rev}` },
    { key: 'state', title: t('column.ended'), fixed: true, render: ({ state, why, missing }) => <><Pill tone={stateTones[state]}>{why ? t(`why.${why}`) : t(`run.${state}`)}</Pill> {missing.join('、')}</> },
    { key: 'by', title: t('column.begunBy'), width: '110px', render: ({ by }) => (by === 'job' ? t('run.clock') : person(by)) },
    { key: 'read', title: t('column.read'), width: '170px', hidden: true, render: ({ read, part }) => `${read ?? ''}${part ? ` ${t('run.part')}` : ''}` },
    ...(['rows', 'fresh', 'changed', 'gone', 'kept'] as const).map((key): Column<FeedRun> => ({ key, title: t(`tally.${key}`), width: '80px', align: 'end', render: ({ tally }) => tally[key] })),
    { key: 'same', title: t('column.same'), width: '110px', render: (run) => <SameAs run={run} /> },
    {
      key: 'findings',
      title: t('column.found'),
      width: '110px',
      fixed: true,
      render: (run) => {
        const n = Object.values(run.tally.rules).reduce((sum, one) => sum + one, 0);
        if (n === 0 || !may(roles, 'keepFeeds')) return n;
        return (
          <Button size="small" onClick={() => setOpen(run)}>
            {t('findings.open', { count: n })}
          </Button>
        );
      },
    },
  ];
  return (
    <Page fixed>
      <PageHead title={t('runs.title')} lead={t('runs.lead')} actions={<LinkButton to="/feeds">{t('feeds.title')}</LinkButton>} />
      <DataTable name="feed-runs" label={t('runs.title')} columns={columns} filters={[{ kind: 'text', key: 'feed', label: t('column.feed') }]} page={tableOf(listing)} rowKey={({ id }) => id} empty={{ title: t('runs.none'), hint: t('runs.noneHint') }} />
      <Suspense fallback={null}>{open && <RunFindings run={open} onClose={() => setOpen(undefined)} />}</Suspense>
    </Page>
  );
}

/** Whether what is kept equals what the source holds. */
function SameAs({ run }: { run: FeedRun }) {
  const { t } = useTranslation('feed');
  if (!run.ours || !run.theirs) return <>–</>;
  const same = run.ours === run.theirs;
  return <Pill tone={same ? 'success' : 'warning'}>{t(same ? 'run.same' : 'run.differs')}</Pill>;
}
