import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '@/app/Page';
import { Clock } from '@/kit/Clock';
import { useNow } from '@/kit/now';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import type { Column, Filter } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import type { Tone } from '@/kit/tone';
import { When } from '@/kit/When';
import { minute } from '@/language/time';
import { useText, type Text } from '@/language/text';
import type { Departments } from './departments';
import styles from './StaffPage.module.css';
import { stayKinds, stayState, type Stay, type StayKind, type StayState } from './stay';

export interface StaysPageProps {
  page: TablePage<Stay>;
  departments: Departments;
  people: Record<string, Text>;
  /** Who may end which stay at once, and give which another end. */
  mayEnd: (stay: Stay) => boolean;
  onEnd: (stay: Stay) => void;
  onMove?: (stay: Stay) => void;
}

/** Who is here or away for a time, on which footing, until when, and who answers for it. */
export function StaysPage({ page, departments, people, mayEnd, onEnd, onMove }: StaysPageProps) {
  const { t } = useTranslation('staff');
  const filters: Filter[] = [
    { kind: 'choice', key: 'kind', label: t('stays.kind'), options: stayKinds.map((value) => ({ value, label: t(`stays.kinds.${value}`) })) },
    { kind: 'choice', key: 'live', label: t('stays.state'), options: [{ value: 'yes', label: t('stays.onlyLive') }] },
  ];
  return (
    <Page fixed>
      <PageHead title={t('stays.title')} lead={t('stays.lead')} />
      <DataTable
        name="stays"
        label={t('stays.title')}
        columns={useColumns(departments, people, mayEnd, onEnd, onMove)}
        filters={filters}
        page={page}
        rowKey={(stay) => stay.id}
        empty={{ title: t('stays.empty'), hint: t('stays.emptyHint') }}
      />
    </Page>
  );
}

const stateTones: Record<StayState, Tone> = { coming: 'info', live: 'success', over: 'neutral' };

export function StayPill({ stay }: { stay: Stay }) {
  const { t } = useTranslation('staff');
  const state = stayState(stay, useNow(minute));
  return <Pill tone={stateTones[state]}>{t(`stays.states.${state}`)}</Pill>;
}

export function EndStay({ stay, onEnd }: { stay: Stay; onEnd: (stay: Stay) => void }) {
  const { t } = useTranslation('staff');
  return (
    <Popconfirm title={t('stays.endTitle')} description={t('stays.endNote')} okText={t('stays.end')} cancelText={t('keep')} onConfirm={() => onEnd(stay)}>
      <Button size="small" danger>
        {t('stays.end')}
      </Button>
    </Popconfirm>
  );
}

function useColumns(departments: Departments, people: StaysPageProps['people'], mayEnd: StaysPageProps['mayEnd'], onEnd: StaysPageProps['onEnd'], onMove: StaysPageProps['onMove']): Column<Stay>[] {
  const { t } = useTranslation('staff');
  const text = useText();
  const nameOf = (id: string | undefined) => (id ? text(people[id]) || `…${id.slice(-4)}` : '–');
  return [
    {
      key: 'person',
      title: t('stays.person'),
      width: '140px',
      fixed: true,
      render: ({ person }) => (
        <Link className={styles.name} to={`/staff/${person}`}>
          {nameOf(person)}
        </Link>
      ),
    },
    { key: 'kind', title: t('stays.kind'), width: '150px', fixed: true, render: ({ kind }) => t(`stays.kinds.${kind as StayKind}`) },
    { key: 'department', title: t('filter.department'), render: ({ department }) => text(departments[department]) },
    { key: 'sponsor', title: t('stays.sponsor'), width: '130px', render: ({ sponsor }) => nameOf(sponsor) },
    { key: 'since', title: t('stays.since'), width: '120px', render: ({ since }) => <When at={since} as="day" /> },
    { key: 'until', title: t('stays.until'), width: '120px', render: ({ until }) => <When at={until} as="day" /> },
    { key: 'left', title: t('stays.left'), width: '170px', render: (stay) => (stay.live ? <Clock deadline={stay.until} start={stay.since} /> : <StayPill stay={stay} />) },
    {
      key: 'do',
      title: t('stays.do'),
      width: '190px',
      fixed: true,
      render: (stay) => (
        <span className={styles.posts}>
          {stay.live && onMove && (
            <Button size="small" onClick={() => onMove(stay)}>
              {t('stays.move')}
            </Button>
          )}
          {stay.live && mayEnd(stay) && <EndStay stay={stay} onEnd={onEnd} />}
        </span>
      ),
    },
  ];
}
