import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '@/app/Page';
import { Clock } from '@/kit/Clock';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useText, type Text } from '@/language/text';
import type { Seal } from './seal';
import { SealPill } from './SealPill';
import styles from './Seal.module.css';

export interface SealsPageProps {
  seals: Seal[] | undefined;
  live: boolean;
  onLive: (live: boolean) => void;
  people: Record<string, Text>;
  patientName: (id: string) => string;
  error?: string | undefined;
  actions?: ReactNode;
  /** Who is kept away from whom, for those who keep it. */
  bars?: ReactNode;
}

/** What is sealed, the newest first, with what is due for renewal. */
export function SealsPage({ seals, live, onLive, people, patientName, error, actions, bars }: SealsPageProps) {
  const { t } = useTranslation('seal');
  const text = useText();
  const columns: Column<Seal>[] = [
    { key: 'patient', title: t('patient'), width: '180px', render: ({ id, patient }) => <Link to={`/seals/${id}`}>{patientName(patient)}</Link> },
    { key: 'kind', title: t('kind'), width: '150px', render: (seal) => <SealPill seal={seal} /> },
    { key: 'owner', title: t('owner'), width: '150px', render: ({ owner }) => text(people[owner]) },
    { key: 'since', title: t('since'), width: '170px', render: ({ since }) => <When at={since} /> },
    { key: 'next', title: t('next'), render: (seal) => <Next seal={seal} /> },
  ];
  return (
    <Page>
      <PageHead title={t('title')} lead={t('lead')} actions={actions} />
      <div className={styles.parts}>
        {error && <Notice tone="error">{error}</Notice>}
        <Panel
          flush
          title={t('list')}
          extra={<Segmented size="small" value={live ? 'live' : 'all'} aria-label={t('which')} options={[{ value: 'live', label: t('live') }, { value: 'all', label: t('all') }]} onChange={(value) => onLive(value === 'live')} />}
        >
          <PlainTable label={t('title')} columns={columns} rows={seals} rowKey={({ id }) => id} empty={t('empty')} />
        </Panel>
        {bars}
      </div>
    </Page>
  );
}

/** What a seal waits for: its renewal, or the day from which the hospital may open it alone. */
export function Next({ seal }: { seal: Seal }) {
  const { t } = useTranslation('seal');
  if (seal.lifted) return <When at={seal.lifted} />;
  if (seal.renewBy)
    return (
      <>
        {t('renewBy')} <Clock deadline={seal.renewBy} />
      </>
    );
  if (seal.freeFrom)
    return (
      <>
        {t('freeFrom')} <When at={seal.freeFrom} as="day" />
      </>
    );
  return null;
}
