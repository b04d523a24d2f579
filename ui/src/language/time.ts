import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

/** An instant as the API writes it: RFC 3339. */
export type Instant = string;

export const formatDay = (at: Instant) => dayjs(at).format('YYYY-MM-DD');
export const formatMinute = (at: Instant) => dayjs(at).format('YYYY-MM-DD HH:mm');
export const formatSecond = (at: Instant) => dayjs(at).format('YYYY-MM-DD HH:mm:ss');
export const formatHour = (at: Instant) => dayjs(at).format('HH:mm');

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Says a length of time with its two largest units, e.g. “3 小时 12 分”. */
export function useSpan(): (milliseconds: number) => string {
  const { t } = useTranslation('kit');
  return (milliseconds) => {
    const span = Math.abs(milliseconds);
    if (span >= day) return t('span.days', { days: Math.floor(span / day), hours: Math.floor((span % day) / hour) });
    if (span >= hour) return t('span.hours', { hours: Math.floor(span / hour), minutes: Math.floor((span % hour) / minute) });
    return t('span.minutes', { minutes: Math.floor(span / minute), seconds: two(Math.floor((span % minute) / second)) });
  };
}

/** Says how long ago something was in one unit, e.g. “3 小时前”. */
export function useAgo(): (at: Instant, now?: number) => string {
  const { t } = useTranslation('kit');
  return (at, now = Date.now()) => {
    const span = now - Date.parse(at);
    if (span < minute) return t('ago.now');
    if (span < hour) return t('ago.minutes', { count: Math.floor(span / minute) });
    if (span < day) return t('ago.hours', { count: Math.floor(span / hour) });
    return t('ago.days', { count: Math.floor(span / day) });
  };
}

const two = (value: number) => String(value).padStart(2, '0');
