import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { classes } from '@/kit/classes';
import { EmptyState } from '@/kit/EmptyState';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import styles from './CalendarPage.module.css';
import { lead, monthsOf, type Day } from './year';

type Year = Schemas['DutyYear'];

export interface CalendarPageProps {
  years: Year[];
  year: number;
  onYear: (year: number) => void;
  busy: boolean;
  /** What is wrong with the text that was sent, by line. */
  faults: Schemas['ProblemField'][];
  error: string | undefined;
  /** Absent where the reader does not keep the calendar. */
  onSet: ((text: string) => void) | undefined;
}

const monthNumbers = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] as const;
const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const;

/** The working days of a year, and the text that they are made of. */
export function CalendarPage({ years, year, onYear, busy, faults, error, onSet }: CalendarPageProps) {
  const { t } = useTranslation('duty');
  const shown = years.find((one) => one.year === year) ?? years.at(-1);
  if (!shown) return <EmptyState title={t('calendar.none')} hint={t('calendar.noneHint')} />;
  const months = monthsOf(shown.year, shown.text);
  const count = (kind: Day['kind']) => months.flat().filter((day) => day.kind === kind).length;
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <Select
          aria-label={t('calendar.year')}
          value={shown.year}
          options={years.map((one) => ({ value: one.year, label: one.year })).reverse()}
          onChange={onYear}
        />
        <span>{t('calendar.counts', { off: count('off'), work: count('swapped'), working: count('work') + count('swapped') })}</span>
        <ul className={styles.legend}>
          <li>
            <Mark kind="off" /> {t('calendar.legend.off')}
          </li>
          <li>
            <Mark kind="swapped" /> {t('calendar.legend.work')}
          </li>
          <li>
            <span className={styles.rest}>6</span> {t('calendar.legend.weekend')}
          </li>
        </ul>
      </div>
      <div className={styles.year}>
        {months.map((days, index) => (
          <Month key={index} title={t(`calendar.months.${monthNumbers[index] ?? '1'}`)} days={days} />
        ))}
      </div>
      <p className={styles.source}>
        {t('calendar.source', { source: shown.source })} {t('calendar.unknown')}
      </p>
      {onSet && <Replace key={shown.year} text={shown.text} busy={busy} faults={faults} error={error} onSet={onSet} />}
    </div>
  );
}

function Month({ title, days }: { title: string; days: Day[] }) {
  const { t } = useTranslation('duty');
  const [first] = days;
  return (
    <section className={styles.month} aria-label={title}>
      <h2>{title}</h2>
      <ol className={styles.days}>
        {weekdays.map((weekday) => (
          <li key={weekday} className={styles.weekday} aria-hidden="true">
            {t(`calendar.weekdays.${weekday}`)}
          </li>
        ))}
        {first && Array.from({ length: lead(first.date) }, (_, place) => <li key={place} aria-hidden="true" />)}
        {days.map(({ date, kind, name }) => (
          <li key={date} className={classes(styles.day, styles[kind])} title={name}>
            {Number(date.slice(8))}
            {(kind === 'off' || kind === 'swapped') && <Mark kind={kind} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Mark({ kind }: { kind: 'off' | 'swapped' }) {
  const { t } = useTranslation('duty');
  return <span className={classes(styles.mark, styles[kind])}>{t(kind === 'off' ? 'calendar.off' : 'calendar.work')}</span>;
}

interface ReplaceProps extends Pick<CalendarPageProps, 'busy' | 'faults' | 'error'> {
  text: string;
  onSet: (text: string) => void;
}

function Replace({ text, busy, faults, error, onSet }: ReplaceProps) {
  const { t } = useTranslation('duty');
  const [written, setWritten] = useState(text);
  return (
    <Panel title={t('calendar.replace')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSet(written);
        }}
      >
        <p className={styles.source} id="calendar-note">
          {t('calendar.textNote')}
        </p>
        <Input.TextArea aria-label={t('calendar.text')} aria-describedby="calendar-note" className={styles.text} rows={16} spellCheck={false} value={written} onChange={(event) => setWritten(event.target.value)} />
        {error && (
          <Notice tone="error" title={faults.length > 0 ? t('calendar.faults', { count: faults.length }) : error}>
            <ul>
              {faults.map(({ path, problem }) => (
                <li key={path}>{problem}</li>
              ))}
            </ul>
          </Notice>
        )}
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('calendar.submit')}
        </Button>
      </form>
    </Panel>
  );
}
