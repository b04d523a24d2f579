import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { EmptyState } from '@/kit/EmptyState';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import type { Column } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import type { Tone } from '@/kit/tone';
import { When } from '@/kit/When';
import { useRow } from '@/language/text';
import styles from './PeriodsPage.module.css';
import type duty from './words.zh.json';

type Channel = Schemas['DutyChannel'];
type Message = Schemas['DutyMessage'];
type Occasion = keyof (typeof duty)['channels']['occasion'];

export interface ChannelsPageProps {
  channels: Channel[];
  messages: TablePage<Message>;
  nameOf: (person: string) => string;
  onStop: (channel: Channel) => void;
}

const tones: Record<Message['state'], Tone> = { waiting: 'info', sent: 'success', failed: 'error', dropped: 'neutral' };

/** The ways by which reminders leave the house, and what became of the newest messages. */
export function ChannelsPage({ channels, messages, nameOf, onStop }: ChannelsPageProps) {
  const { t } = useTranslation('duty');
  const columns: Column<Message>[] = [
    { key: 'at', title: t('channels.at'), width: '160px', fixed: true, render: (message) => <When at={message.made} /> },
    { key: 'channel', title: t('channels.channel'), render: (message) => channels.find(({ id }) => id === message.channel)?.name ?? message.channel },
    { key: 'to', title: t('channels.to'), width: '140px', render: (message) => (message.person ? nameOf(message.person) : t('channels.group')) },
    { key: 'occasion', title: t('channels.occasions'), width: '110px', render: (message) => t(`channels.occasion.${message.occasion as Occasion}`) },
    { key: 'state', title: t('channels.state'), width: '110px', fixed: true, render: (message) => <Pill tone={tones[message.state]}>{t(`channels.states.${message.state}`)}</Pill> },
    { key: 'tries', title: t('channels.tries'), width: '70px', align: 'end', render: (message) => message.tries },
    { key: 'failure', title: t('channels.failure'), render: (message) => message.failure ?? '' },
  ];
  return (
    <div className={styles.page}>
      <Panel title={t('channels.title')} flush>
        {channels.length === 0 && <EmptyState title={t('channels.empty')} hint={t('channels.emptyHint')} />}
        <ul>
          {channels.map((channel) => (
            <ChannelLine key={channel.id} channel={channel} onStop={onStop} />
          ))}
        </ul>
      </Panel>
      <DataTable name="duty-messages" label={t('channels.messages')} columns={columns} page={messages} rowKey={({ id }) => id} empty={{ title: t('channels.messagesEmpty') }} />
    </div>
  );
}

function ChannelLine({ channel, onStop }: { channel: Channel; onStop: (channel: Channel) => void }) {
  const { t } = useTranslation('duty');
  const { t: k } = useTranslation('kit');
  const row = useRow();
  return (
    <li className={styles.rule}>
      <strong>{channel.name}</strong>
      <span>{t(`channels.kinds.${channel.kind}`)}</span>
      <span className={styles.who}>
        <code>{channel.address}</code>
      </span>
      <span>{row((channel.occasions ?? []).map((occasion) => t(`channels.occasion.${occasion as Occasion}`)))}</span>
      <Pill tone={channel.stopped ? 'neutral' : 'success'}>{t(channel.stopped ? 'channels.stopped' : 'channels.live')}</Pill>
      {!channel.stopped && (
        <Popconfirm title={t('channels.stopTitle')} description={t('channels.stopNote')} okText={t('channels.stop')} cancelText={k('cancel')} onConfirm={() => onStop(channel)}>
          <Button size="small" danger>
            {t('channels.stop')}
          </Button>
        </Popconfirm>
      )}
    </li>
  );
}
