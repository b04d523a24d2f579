import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { LinkButton } from '@/kit/LinkButton';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import type { Column } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import type { Names } from '@/privilege/privilege';
import { usePerson } from '@/privilege/use-person';
import { stateTones, type Feed } from './feed';
import styles from './Feed.module.css';

interface FeedsPageProps {
  feeds: TablePage<Feed>;
  names: Names | undefined;
  error: string | undefined;
  /** Absent where the reader may not. */
  onWrite: ((feed: Feed | 'new') => void) | undefined;
  onRun: ((feed: Feed) => void) | undefined;
  onApprove: ((feed: Feed) => void) | undefined;
}

/** What is read out of other systems: by which mapping, and how the last reading ended. */
export function FeedsPage(props: FeedsPageProps) {
  const { feeds, error, onWrite } = props;
  const { t } = useTranslation('feed');
  return (
    <Page fixed>
      <PageHead
        title={t('feeds.title')}
        lead={t('feeds.lead')}
        actions={
          <>
            <LinkButton to="/feeds/runs">{t('runs.title')}</LinkButton>
            {onWrite && (
              <Button type="primary" onClick={() => onWrite('new')}>
                {t('write.add')}
              </Button>
            )}
          </>
        }
      />
      {error && <Notice tone="error">{error}</Notice>}
      <DataTable name="feeds" label={t('feeds.title')} columns={useColumns(props)} page={feeds} rowKey={({ feed }) => feed} empty={{ title: t('feeds.none'), hint: t('feeds.noneHint') }} />
    </Page>
  );
}

function useColumns({ names, onWrite, onRun, onApprove }: FeedsPageProps): Column<Feed>[] {
  const { t } = useTranslation('feed');
  const text = useText();
  const person = usePerson(names);
  return [
    { key: 'feed', title: t('column.feed'), width: '170px', fixed: true, render: ({ feed }) => feed },
    { key: 'source', title: t('column.source'), fixed: true, render: ({ sourceName, source }) => `${text(sourceName)} · ${source}` },
    { key: 'shape', title: t('column.shape'), width: '105px', fixed: true, render: ({ shape }) => t(`shape.${shape}`) },
    { key: 'state', title: t('column.state'), width: '110px', render: (one) => <StateOf feed={one} /> },
    { key: 'by', title: t('column.by'), width: '110px', hidden: true, render: ({ madeBy }) => person(madeBy) },
    { key: 'approvedBy', title: t('column.approvedBy'), width: '110px', hidden: true, render: ({ approvedBy }) => person(approvedBy) },
    { key: 'last', title: t('column.last'), width: '150px', render: ({ last }) => (last ? <When at={last.begun} /> : '–') },
    { key: 'ended', title: t('column.ended'), width: '120px', fixed: true, render: ({ last }) => (last ? <Pill tone={stateTones[last.state]}>{last.why ? t(`why.${last.why}`) : t(`run.${last.state}`)}</Pill> : '–') },
    { key: 'kept', title: t('column.kept'), width: '90px', align: 'end', render: ({ last }) => last?.tally.kept ?? '–' },
    { key: 'refused', title: t('column.refused'), width: '80px', align: 'end', render: ({ last }) => (last && last.tally.refused > 0 ? <Pill tone="warning">{last.tally.refused}</Pill> : 0) },
    {
      key: 'do',
      title: '',
      width: '190px',
      fixed: true,
      render: (one) => (
        <span className={styles.buttons}>
          {onWrite && (
            <Button size="small" onClick={() => onWrite(one)}>
              {t('write.change')}
            </Button>
          )}
          {onApprove && one.inForce !== one.rev && (
            <Button size="small" onClick={() => onApprove(one)}>
              {t('approve.do')}
            </Button>
          )}
          {onRun && (
            <Button size="small" disabled={!one.live || one.inForce === 0 || one.last?.state === 'waiting'} onClick={() => onRun(one)}>
              {t('run.do')}
            </Button>
          )}
        </span>
      ),
    },
  ];
}

function StateOf({ feed }: { feed: Feed }) {
  const { t } = useTranslation('feed');
  if (!feed.live) return <Pill tone="neutral">{t('state.notLive')}</Pill>;
  if (feed.inForce === 0) return <Pill tone="warning">{t('state.unapproved')}</Pill>;
  if (feed.inForce !== feed.rev) return <Pill tone="warning">{t('state.newer')}</Pill>;
  return <Pill tone="success">{t('state.inForce')}</Pill>;
}
