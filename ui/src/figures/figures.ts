import type { Schemas } from '@/api/client';

export type Figures = Schemas['Figures'];
export type Cell = Schemas['FiguresCell'];
export type Counted = Schemas['FiguresEvent'];

export const measures = ['admissions', 'discharges', 'outpatient-visits', 'emergency-visits'] as const;
export type Measure = (typeof measures)[number];

export const isMeasure = (text: string | undefined): text is Measure => measures.some((one) => one === text);

/** The months of a year, from 1. */
export const months = Array.from({ length: 12 }, (_, month) => month + 1);

const zone = 'Asia/Shanghai';

/** The year that it is in China. */
export const thisYear = (now: Date): number => Number(new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: zone }).format(now));

const yearsBack = 10;

/** The years that are offered, the newest first. */
export const yearsUpTo = (newest: number): number[] => Array.from({ length: yearsBack }, (_, back) => newest - back);

/** Where the patients behind a number are listed. */
export function placeOf(measure: Measure, year: number, month: number, department: string): string {
  return `/figures/patients?${new URLSearchParams({ measure, year: String(year), month: String(month), department }).toString()}`;
}
