import { ClockCircleOutlined, ExclamationCircleFilled, HourglassOutlined, PauseCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { formatMinute, hour, useSpan, type Instant } from '@/language/time';
import { classes } from './classes';
import { Clock } from './Clock';
import styles from './Clock.module.css';
import { workingDay, workingLimit, workingTone } from './working-time';

export interface WorkingClockProps {
  deadline: Instant;
  start: Instant;
  /** Such as 5wd or 24h; absent where the deadline was set as a moment. */
  limit?: string | undefined;
  /** Working time left when the server was asked, in milliseconds. */
  left: number;
  late: boolean;
  /** The time does not run. */
  paused?: boolean;
  full?: boolean;
}

const icons = { neutral: <ClockCircleOutlined />, warning: <HourglassOutlined />, error: <ExclamationCircleFilled /> };

/** The time left by the clock, or in working time where only working days make it pass. */
export function WorkingClock({ deadline, start, limit, left, late, paused, full }: WorkingClockProps) {
  const { t } = useTranslation('kit');
  const span = useWorkingSpan();
  const total = workingLimit(limit);
  if (paused) {
    return (
      <span className={classes(styles.clock, styles.neutral)}>
        <PauseCircleOutlined />
        {t('clock.paused')}
      </span>
    );
  }
  if (total === undefined || late || left <= 0) return <Clock deadline={deadline} start={start} {...(full && { full })} />;
  const tone = workingTone(left, total);
  const state = ({ neutral: 'calm', warning: 'soon', error: 'urgent' } as const)[tone];
  return (
    <span className={classes(styles.clock, styles[tone])} title={`${t(`clock.${state}`)} · ${t('clock.deadline', { at: formatMinute(deadline) })}`}>
      {icons[tone]}
      <span>{t('clock.left', { span: span(left) })}</span>
      {full && <span className={styles.deadline}>{t('clock.deadline', { at: formatMinute(deadline) })}</span>}
    </span>
  );
}

/** Says a length of working time, e.g. “2 个工作日 3 小时”. */
function useWorkingSpan(): (milliseconds: number) => string {
  const { t } = useTranslation('kit');
  const span = useSpan();
  return (milliseconds) => {
    const days = Math.floor(milliseconds / workingDay);
    const hours = Math.floor((milliseconds % workingDay) / hour);
    if (days > 0 && hours === 0) return t('clock.workingDays', { count: days });
    if (days > 0) return t('span.workingDays', { days, hours });
    return t('span.working', { span: span(milliseconds) });
  };
}
