import { ClockCircleOutlined, ExclamationCircleFilled, HourglassOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { formatMinute, second, useSpan, type Instant } from '@/language/time';
import { classes } from './classes';
import { clockTone } from './clock-tone';
import styles from './Clock.module.css';
import { useNow } from './now';

export interface ClockProps {
  deadline: Instant;
  /** When the time began to run; sets where amber and red begin. */
  start?: Instant;
  /** Working days left, counted by the server's calendar. */
  workingDays?: number;
  /** With the deadline in words beside the time left. */
  full?: boolean;
}

/** The time left until a deadline, or by how much it is passed. */
export function Clock({ deadline, start, workingDays, full }: ClockProps) {
  const { t } = useTranslation('kit');
  const span = useSpan();
  const end = Date.parse(deadline);
  const now = useNow(second);
  const tone = clockTone(now, end, start === undefined ? undefined : Date.parse(start));
  const passed = now >= end;
  const state = passed ? 'passed' : ({ neutral: 'calm', warning: 'soon', error: 'urgent' } as const)[tone];
  const amount = workingDays !== undefined && workingDays > 0 && !passed ? t('clock.workingDays', { count: workingDays }) : span(end - now);
  const icon = { neutral: <ClockCircleOutlined />, warning: <HourglassOutlined />, error: <ExclamationCircleFilled /> }[tone];
  return (
    <span className={classes(styles.clock, styles[tone])} title={`${t(`clock.${state}`)} · ${t('clock.deadline', { at: formatMinute(deadline) })}`}>
      {icon}
      <span>{t(passed ? 'clock.over' : 'clock.left', { span: amount })}</span>
      {full && <span className={styles.deadline}>{t('clock.deadline', { at: formatMinute(deadline) })}</span>}
    </span>
  );
}
