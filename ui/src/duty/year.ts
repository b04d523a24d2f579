import dayjs from 'dayjs';

export type DayKind = 'work' | 'rest' | 'off' | 'swapped';

/** A day of the picture of a year. */
export interface Day {
  date: string;
  kind: DayKind;
  /** The holiday to which it belongs, where it is off or worked because of one. */
  name?: string;
}

/** What the text of a year, as the API writes it, says of single days. */
export function said(text: string): Map<string, { work: boolean; name: string }> {
  const days = new Map<string, { work: boolean; name: string }>();
  for (const line of text.split('\n')) {
    const [, kind, first, last, name = ''] = /^(off|work) (\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))? ?(.*)$/.exec(line.trim()) ?? [];
    if (!kind || !first) continue;
    for (let day = dayjs(first); !day.isAfter(dayjs(last ?? first)); day = day.add(1, 'day')) {
      days.set(day.format('YYYY-MM-DD'), { work: kind === 'work', name });
    }
  }
  return days;
}

/** Every day of a year, month by month: weekends rest but where the text says otherwise. */
export function monthsOf(year: number, text: string): Day[][] {
  const special = said(text);
  return Array.from({ length: 12 }, (_, month) => {
    const first = dayjs(new Date(year, month, 1));
    return Array.from({ length: first.daysInMonth() }, (_day, index) => {
      const at = first.add(index, 'day');
      const date = at.format('YYYY-MM-DD');
      const told = special.get(date);
      const weekend = at.day() === 0 || at.day() === 6;
      const kind: DayKind = told ? (told.work ? 'swapped' : 'off') : weekend ? 'rest' : 'work';
      return { date, kind, ...(told?.name && { name: told.name }) };
    });
  });
}

/** How many empty places stand before the first of a month, in weeks from Monday. */
export const lead = (first: string) => (dayjs(first).day() + 6) % 7;
