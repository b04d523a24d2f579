import type { Schemas } from '@/api/client';

export type Figure = Schemas['SharingFigure'];

export interface Tally {
  kind: string;
  all: number;
  open: number;
  approved: number;
  closed: number;
  refused: number;
  hours: number;
}

/** The figures of each kind of requester; the mean is over those that were approved. */
export function tallied(figures: Figure[]): Tally[] {
  return [...new Set(figures.map(({ kind }) => kind))].map((kind) => {
    const of = figures.filter((figure) => figure.kind === kind);
    const count = (...states: string[]) => of.filter(({ state }) => states.includes(state)).reduce((sum, { n }) => sum + n, 0);
    const timed = of.filter(({ hours }) => hours > 0);
    const weight = timed.reduce((sum, { n }) => sum + n, 0);
    return {
      kind,
      all: of.reduce((sum, { n }) => sum + n, 0),
      open: count('received', 'checked', 'scoped'),
      approved: count('approved'),
      closed: count('closed'),
      refused: count('refused'),
      hours: weight === 0 ? 0 : timed.reduce((sum, { n, hours }) => sum + n * hours, 0) / weight,
    };
  });
}
