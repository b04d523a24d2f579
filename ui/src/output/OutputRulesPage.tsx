import { Button, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { Notice } from '@/kit/Notice';
import { useNow } from '@/kit/now';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { useTerm } from '@/language/terms';
import { useRow, useText } from '@/language/text';
import styles from './Output.module.css';
import { OutputFrame } from './OutputFrame';
import { countOf, type Badge, type Channel, type Names, type Profile, type Station } from './output';

export const ruleTabs = ['profiles', 'channels', 'stations'] as const;
export type RuleTab = (typeof ruleTabs)[number];

export interface OutputRulesPageProps {
  tab: RuleTab;
  onTab: (tab: RuleTab) => void;
  profiles: Profile[] | undefined;
  channels: Channel[] | undefined;
  /** Questions about routes that are not registered, in the last 30 days. */
  unregistered: number;
  /** For those who register them. */
  stations: Station[] | undefined;
  badges: Badge[] | undefined;
  names: Names;
  refused: ReactNode;
  /** Absent where the reader only looks. */
  onProfile: ((profile: Profile | undefined) => void) | undefined;
  onChannel: ((channel: Channel | undefined) => void) | undefined;
  onStation: (() => void) | undefined;
  onBadge: (() => void) | undefined;
}

/** By which rules something leaves: profiles with their quotas, routes, printer stations. */
export function OutputRulesPage(props: OutputRulesPageProps) {
  const { tab, onTab, refused } = props;
  const { t } = useTranslation('output');
  const shown = { profiles: Profiles, channels: Channels, stations: Stations };
  const Shown = shown[tab];
  return (
    <OutputFrame tab="rules">
      <Tabs activeKey={tab} onChange={(key) => onTab(key as RuleTab)} items={ruleTabs.map((key) => ({ key, label: t(`rules.tabs.${key}`) }))} />
      <div className={styles.page}>
        {refused}
        <Shown {...props} />
      </div>
    </OutputFrame>
  );
}

function Profiles({ profiles, onProfile }: OutputRulesPageProps) {
  const { t } = useTranslation('output');
  const text = useText();
  const row = useRow();
  const term = useTerm();
  const columns: Column<Profile>[] = [
    { key: 'name', title: t('profile'), width: '170px', render: ({ name }) => text(name) },
    { key: 'purposes', title: t('purpose'), render: ({ purposes }) => (purposes?.length === allPurposes ? t('rules.everyPurpose') : row((purposes ?? []).map((one) => term('purpose', one)))) },
    { key: 'ways', title: t('rules.ways'), width: '120px', render: ({ prints, exports }) => <Ways prints={prints} exports={exports} /> },
    { key: 'needs', title: t('rules.needs'), width: '140px', render: ({ recipient, case: number }) => row([recipient ? t('rules.recipient') : '', number ? t('case') : ''].filter(Boolean)) || '–' },
    { key: 'quota', title: t('rules.quota'), width: '170px', render: ({ quotas }) => <Bounds of={quotas?.find(({ role }) => !role)} more={(quotas ?? []).filter(({ role }) => role).length} /> },
    { key: 'threshold', title: t('rules.threshold'), width: '90px', align: 'end', render: ({ threshold }) => threshold },
    {
      key: 'do',
      title: t('do'),
      width: '80px',
      align: 'end',
      render: (profile) =>
        onProfile && (
          <Button size="small" onClick={() => onProfile(profile)}>
            {t('edit')}
          </Button>
        ),
    },
  ];
  return (
    <Panel flush title={t('rules.tabs.profiles')} extra={onProfile && <Button size="small" onClick={() => onProfile(undefined)}>{t('rules.addProfile')}</Button>}>
      <PlainTable label={t('rules.tabs.profiles')} columns={columns} rows={profiles} rowKey={({ id }) => id} empty={t('rules.noProfile')} />
    </Panel>
  );
}

/** How many purposes there are. */
const allPurposes = 12;

function Ways({ prints, exports }: Pick<Profile, 'prints' | 'exports'>) {
  const { t } = useTranslation('output');
  if (!prints && !exports) return <Pill>{t('rules.queries')}</Pill>;
  return (
    <>
      {prints && <Pill>{t('kinds.print')}</Pill>} {exports && <Pill>{t('kinds.export')}</Pill>}
    </>
  );
}

function Bounds({ of, more }: { of: { day: number; month: number } | undefined; more: number }) {
  const { t } = useTranslation('output');
  const bound = (most: number) => (most > 0 ? most.toLocaleString('en') : t('rules.unbounded'));
  return (
    <>
      {bound(of?.day ?? 0)} / {bound(of?.month ?? 0)} {more > 0 && <Pill>{t('rules.byRole', { count: more })}</Pill>}
    </>
  );
}

function Channels({ channels, unregistered, onChannel }: OutputRulesPageProps) {
  const { t } = useTranslation('output');
  const columns: Column<Channel>[] = [
    { key: 'name', title: t('rules.channel'), render: ({ name, id }) => <>{name} <Code value={id} /></> },
    { key: 'network', title: t('rules.network'), width: '150px', render: ({ network, tunnel }) => <>{t(`rules.networks.${network}`)} {tunnel && <Pill tone="success">{t('rules.tunnel')}</Pill>}</> },
    { key: 'carries', title: t('rules.carries'), width: '110px', render: ({ carries }) => t('rules.upTo', { level: carries }) },
    { key: 'used', title: t('rules.used'), width: '160px', render: ({ used }) => t('rules.usedOf', { allowed: countOf(used, 'allowed'), refused: countOf(used, 'refused') }) },
    { key: 'until', title: t('rules.until'), width: '170px', render: ({ until, since }) => <Clock deadline={until} start={since} /> },
    {
      key: 'do',
      title: t('do'),
      width: '80px',
      align: 'end',
      render: (channel) =>
        onChannel && (
          <Button size="small" onClick={() => onChannel(channel)}>
            {t('edit')}
          </Button>
        ),
    },
  ];
  return (
    <>
      {unregistered > 0 && <Notice tone="warning">{t('rules.unregistered', { count: unregistered })}</Notice>}
      <Panel flush title={t('rules.tabs.channels')} extra={onChannel && <Button size="small" onClick={() => onChannel(undefined)}>{t('rules.addChannel')}</Button>}>
        <PlainTable label={t('rules.tabs.channels')} columns={columns} rows={channels} rowKey={({ id }) => id} empty={t('rules.noChannel')} />
      </Panel>
    </>
  );
}

function Stations({ stations, badges, names, onStation, onBadge }: OutputRulesPageProps) {
  const { t } = useTranslation('output');
  const text = useText();
  const now = useNow();
  const until = {
    key: 'until',
    title: t('rules.until'),
    width: '190px',
    render: ({ until, since }: Station | Badge) => (Date.parse(until) > now ? <Clock deadline={until} start={since} /> : <Pill>{t('rules.over')}</Pill>),
  };
  const setBy = { key: 'setBy', title: t('rules.setBy'), width: '140px', render: ({ setBy }: Station | Badge) => text(names[setBy]) };
  const stationColumns: Column<Station>[] = [
    { key: 'name', title: t('rules.stationName'), render: ({ name, id }) => <>{name} <Code value={id} ends={4} /></> },
    { key: 'place', title: t('rules.place'), render: ({ place }) => place },
    setBy,
    until,
  ];
  const badgeColumns: Column<Badge>[] = [{ key: 'person', title: t('rules.holder'), render: ({ person }) => text(names[person]) }, setBy, until];
  if (!onStation || !onBadge) {
    return (
      <Panel title={t('rules.tabs.stations')}>
        <div className={styles.parts}>
          <p>{t('rules.stationsLead')}</p>
          <p className={styles.hint}>{t('rules.stationsWho')}</p>
        </div>
      </Panel>
    );
  }
  return (
    <>
      <p className={styles.hint}>{t('rules.stationsLead')}</p>
      <Panel flush title={t('rules.stations')} extra={<Button size="small" onClick={onStation}>{t('rules.addStation')}</Button>}>
        <PlainTable label={t('rules.stations')} columns={stationColumns} rows={stations} rowKey={({ id }) => id} empty={t('rules.noStation')} />
      </Panel>
      <Panel flush title={t('rules.badges')} extra={<Button size="small" onClick={onBadge}>{t('rules.addBadge')}</Button>}>
        <PlainTable label={t('rules.badges')} columns={badgeColumns} rows={badges} rowKey={({ id }) => id} empty={t('rules.noBadge')} />
      </Panel>
    </>
  );
}
