import { ExperimentOutlined, FileTextOutlined, HeartOutlined, HomeOutlined, MedicineBoxOutlined, PaperClipOutlined, PictureOutlined } from '@ant-design/icons';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useTerm } from '@/language/terms';
import { formatDay, formatHour, type Instant } from '@/language/time';
import { classes } from './classes';
import { EmptyState } from './EmptyState';
import { StatePill, type DocumentState } from './StatePill';
import styles from './Timeline.module.css';

export type EventKind = 'document' | 'lab' | 'imaging' | 'order' | 'observation' | 'encounter' | 'other';

export interface TimelineEvent {
  id: string;
  at: Instant;
  kind: EventKind;
  title: string;
  /** Who and where, e.g. “陈雅琴 · 心内科”. */
  by?: string;
  summary?: string;
  states?: DocumentState[];
  version?: number;
}

export interface TimelineProps {
  label: string;
  events: TimelineEvent[];
  selected?: string;
  onSelect: (id: string) => void;
  /** Stands at the end, e.g. a button that loads earlier events. */
  foot?: ReactNode;
}

const icons: Record<EventKind, ReactNode> = {
  document: <FileTextOutlined />,
  lab: <ExperimentOutlined />,
  imaging: <PictureOutlined />,
  order: <MedicineBoxOutlined />,
  observation: <HeartOutlined />,
  encounter: <HomeOutlined />,
  other: <PaperClipOutlined />,
};

/** What happened, newest first, by day. Arrows move, Enter opens. */
export function Timeline({ label, events, selected, onSelect, foot }: TimelineProps) {
  const { t } = useTranslation('kit');
  const term = useTerm();
  const [kind, setKind] = useState<EventKind>();
  const list = useRef<HTMLDivElement>(null);
  const shown = kind ? events.filter((event) => event.kind === kind) : events;
  const kinds = [...new Set(events.map((event) => event.kind))];
  const tabStop = shown.some(({ id }) => id === selected) ? selected : shown[0]?.id;

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const here = buttons.indexOf(document.activeElement as HTMLElement);
    if (step === undefined || here < 0) return;
    event.preventDefault();
    buttons[here + step]?.focus();
  };

  return (
    <nav className={styles.timeline} aria-label={label}>
      <div className={styles.filters} role="group" aria-label={t('timeline.filter')}>
        {[undefined, ...kinds].map((one) => (
          <button key={one ?? 'all'} type="button" className={styles.filter} aria-pressed={one === kind} onClick={() => setKind(one)}>
            {one ? term('event', one) : t('timeline.all')}
            <span className={styles.count}>{one ? events.filter((event) => event.kind === one).length : events.length}</span>
          </button>
        ))}
      </div>
      <div className={styles.list} ref={list} onKeyDown={onKeyDown}>
        {byDay(shown).map(([day, ofDay]) => (
          <section key={day} aria-label={day}>
            <div className={styles.day} aria-hidden="true">
              {day}
            </div>
            <ul>
              {ofDay.map((event) => (
                <li key={event.id}>
                  <Event event={event} current={event.id === selected} tabStop={event.id === tabStop} onSelect={onSelect} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {shown.length === 0 && <EmptyState title={t(kind ? 'timeline.empty' : 'timeline.none')} hint={t(kind ? 'timeline.emptyHint' : 'timeline.noneHint')} />}
        {foot && <div className={styles.foot}>{foot}</div>}
      </div>
    </nav>
  );
}

interface EventProps {
  event: TimelineEvent;
  current: boolean;
  tabStop: boolean;
  onSelect: (id: string) => void;
}

function Event({ event, current, tabStop, onSelect }: EventProps) {
  const { t } = useTranslation('kit');
  const term = useTerm();
  return (
    <button
      type="button"
      className={classes(styles.event, current && styles.current)}
      aria-current={current || undefined}
      tabIndex={tabStop ? 0 : -1}
      onClick={() => onSelect(event.id)}
    >
      <span className={styles.icon} title={term('event', event.kind)}>
        {icons[event.kind]}
      </span>
      <span className={styles.words}>
        <span className={styles.head}>
          <span className={styles.title}>{event.title}</span>
          <time className={styles.hour} dateTime={event.at}>
            {formatHour(event.at)}
          </time>
        </span>
        {event.summary && <span className={styles.summary}>{event.summary}</span>}
        {(event.by || event.states || event.version) && (
          <span className={styles.by}>
            {event.by}
            {event.version && event.version > 1 && <span>{t('timeline.versions', { version: event.version })}</span>}
            {event.states?.map((state) => <StatePill key={state} state={state} />)}
          </span>
        )}
      </span>
    </button>
  );
}

function byDay(events: TimelineEvent[]): [string, TimelineEvent[]][] {
  const days = new Map<string, TimelineEvent[]>();
  for (const event of [...events].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))) {
    const day = formatDay(event.at);
    days.set(day, [...(days.get(day) ?? []), event]);
  }
  return [...days];
}
