import dayjs from 'dayjs';
import type { Schemas } from '@/api/client';
import type { Instant } from '@/language/time';

export type Turn = Schemas['DutyTurn'];

/** The seven days of the week in which a day lies, from Monday, as YYYY-MM-DD. */
export function weekOf(day: string): string[] {
  const at = dayjs(day);
  const monday = at.subtract((at.day() + 6) % 7, 'day');
  return Array.from({ length: 7 }, (_, index) => monday.add(index, 'day').format('YYYY-MM-DD'));
}

/** The part of a turn that lies in a day: from when, until when; undefined where it does not touch the day. */
export function partIn(day: string, { since, until }: { since: Instant; until: Instant }): { from: string; to: string; whole: boolean } | undefined {
  const start = dayjs(day);
  const end = start.add(1, 'day');
  const from = dayjs(since).isAfter(start) ? dayjs(since) : start;
  const to = dayjs(until).isBefore(end) ? dayjs(until) : end;
  if (!from.isBefore(to)) return undefined;
  return { from: from.format('HH:mm'), to: to.isSame(end) ? '24:00' : to.format('HH:mm'), whole: from.isSame(start) && to.isSame(end) };
}
