import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Popconfirm, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/kit/now';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { useText } from '@/language/text';
import { formatDay, formatMinute, minute } from '@/language/time';
import type { Departments } from '@/staff/departments';
import styles from './RosterPage.module.css';
import { partIn, type Turn } from './week';

export interface RosterPageProps {
  /** Seven days. */
  week: string[];
  turns: Turn[];
  loading: boolean;
  department: string;
  departments: Departments;
  nameOf: (person: string) => string;
  onWeek: (day: string) => void;
  onDepartment: (department: string) => void;
  /** Absent where the reader does not set rosters. */
  onEnd: ((turn: Turn) => void) | undefined;
}

const daily = ['administrator', 'shift', 'cover'] as const;

/** Who is on duty in a week: for the house, in a department, in whose place. */
export function RosterPage({ week, turns, loading, department, departments, nameOf, onWeek, onDepartment, onEnd }: RosterPageProps) {
  const { t } = useTranslation('duty');
  const text = useText();
  const today = formatDay(new Date().toISOString());
  const [first = today, last = today] = [week[0], week[6]];
  const heads = turns.filter(({ kind }) => kind === 'head');
  return (
    <div className={styles.page} aria-busy={loading}>
      <div className={styles.bar}>
        <Select
          aria-label={t('roster.department')}
          className={styles.department}
          value={department}
          showSearch={{ optionFilterProp: 'label' }}
          options={Object.entries(departments).map(([value, name]) => ({ value, label: text(name) }))}
          onChange={onDepartment}
        />
        <Button icon={<LeftOutlined />} aria-label={t('roster.previous')} onClick={() => onWeek(dayjs(first).subtract(7, 'day').format('YYYY-MM-DD'))} />
        <Button onClick={() => onWeek(today)}>{t('roster.now')}</Button>
        <Button icon={<RightOutlined />} aria-label={t('roster.next')} onClick={() => onWeek(dayjs(first).add(7, 'day').format('YYYY-MM-DD'))} />
        <span className={styles.week}>{t('roster.week', { from: first, to: last })}</span>
      </div>
      <Panel flush>
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('roster.title')}>
          <table className={styles.grid}>
            <thead>
              <tr>
                <th scope="col">{t('roster.kind')}</th>
                {week.map((day) => (
                  <th key={day} scope="col" data-today={day === today || undefined}>
                    {t(`calendar.weekdays.${weekday(day)}`)} {day.slice(5)} {day === today && <Pill tone="info">{t('roster.today')}</Pill>}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {daily.map((kind) => (
                <tr key={kind}>
                  <th scope="row">{t(`roster.kinds.${kind}`)}</th>
                  {week.map((day) => (
                    <Day key={day} day={day} turns={turns.filter((turn) => turn.kind === kind)} nameOf={nameOf} onEnd={onEnd} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
      <Panel title={t('roster.kinds.head')}>
        <ul className={styles.heads}>
          {heads.map((turn) => (
            <li key={turn.id}>
              <strong>{nameOf(turn.person)}</strong>
              <span>
                {formatDay(turn.since)} – {formatDay(turn.until)}
              </span>
              {onEnd && <End turn={turn} onEnd={onEnd} />}
            </li>
          ))}
          {heads.length === 0 && <li className={styles.none}>{t('roster.none')}</li>}
        </ul>
        <p className={styles.none}>{t('roster.headsNote')}</p>
      </Panel>
    </div>
  );
}

interface DayProps {
  day: string;
  turns: Turn[];
  nameOf: (person: string) => string;
  onEnd: ((turn: Turn) => void) | undefined;
}

function Day({ day, turns, nameOf, onEnd }: DayProps) {
  const { t } = useTranslation('duty');
  const now = useNow(minute);
  const here = turns.flatMap((turn) => {
    const part = partIn(day, turn);
    return part ? [{ turn, part }] : [];
  });
  return (
    <td>
      {here.length === 0 && <span className={styles.none}>{t('roster.nobody')}</span>}
      <ul>
        {here.map(({ turn, part }) => (
          <li key={turn.id} className={styles.turn} title={`${formatMinute(turn.since)} – ${formatMinute(turn.until)}`}>
            <strong>{nameOf(turn.person)}</strong>
            {turn.insteadOf && <span>{t('roster.insteadOfName', { who: nameOf(turn.insteadOf) })}</span>}
            <span>{part.whole ? t('roster.whole') : `${part.from}–${part.to}`}</span>
            {onEnd && Date.parse(turn.until) > now && <End turn={turn} onEnd={onEnd} />}
          </li>
        ))}
      </ul>
    </td>
  );
}

function End({ turn, onEnd }: { turn: Turn; onEnd: (turn: Turn) => void }) {
  const { t } = useTranslation('duty');
  const { t: k } = useTranslation('kit');
  return (
    <Popconfirm title={t('roster.endTitle')} description={t('roster.endNote')} okText={t('roster.end')} cancelText={k('cancel')} onConfirm={() => onEnd(turn)}>
      <Button size="small" type="text">
        {t('roster.end')}
      </Button>
    </Popconfirm>
  );
}

type Weekday = '1' | '2' | '3' | '4' | '5' | '6' | '7';
const weekday = (day: string) => String(((dayjs(day).day() + 6) % 7) + 1) as Weekday;
