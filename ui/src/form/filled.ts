import type { Answers, Row } from '@/kit/form/definition';

/** What somebody filled in so far. */
export interface Filled {
  answers: Answers;
  /** Why a recommended field does not apply, by path. */
  reasons: Record<string, string>;
}

export const nothingFilled: Filled = { answers: {}, reasons: {} };

/** Where a field is answered: in the form itself, or in a row of a section. */
export interface Place {
  section?: string;
  row?: number;
}

export const pathOf = ({ section, row }: Place, key: string): string => (section === undefined ? key : `${section}[${row}].${key}`);

export const rowsOf = (answers: Answers, section: string): Row[] => (Array.isArray(answers[section]) ? (answers[section] as Row[]) : []);

export const answersAt = (answers: Answers, place: Place): Answers => (place.section === undefined ? answers : (rowsOf(answers, place.section)[place.row ?? 0] ?? {}));

export function answered(filled: Filled, place: Place, key: string, answer: unknown): Filled {
  const put = (into: Answers): Answers => {
    const others = Object.fromEntries(Object.entries(into).filter(([one]) => one !== key));
    return answer === undefined || answer === '' ? others : { ...others, [key]: answer };
  };
  if (place.section === undefined) return { ...filled, answers: put(filled.answers) };
  const rows = rowsOf(filled.answers, place.section).map((row, i) => (i === place.row ? put(row) : row));
  return { ...filled, answers: { ...filled.answers, [place.section]: rows } };
}

export function reasoned(filled: Filled, path: string, reason: string | undefined): Filled {
  const reasons = Object.entries(filled.reasons).filter(([one]) => one !== path);
  if (reason !== undefined) reasons.push([path, reason]);
  return { ...filled, reasons: Object.fromEntries(reasons) };
}

export const rowAdded = (filled: Filled, section: string): Filled => ({ ...filled, answers: { ...filled.answers, [section]: [...rowsOf(filled.answers, section), {}] } });

/** Without a row; the reasons given in the rows after it move up with them. */
export function rowRemoved(filled: Filled, section: string, row: number): Filled {
  const moved = Object.entries(filled.reasons).flatMap(([path, reason]): [string, string][] => {
    const at = inSection(path, section);
    if (at === undefined || at.row < row) return [[path, reason]];
    return at.row === row ? [] : [[`${section}[${at.row - 1}].${at.key}`, reason]];
  });
  return { answers: { ...filled.answers, [section]: rowsOf(filled.answers, section).filter((_, i) => i !== row) }, reasons: Object.fromEntries(moved) };
}

function inSection(path: string, section: string): { row: number; key: string } | undefined {
  const parts = /^([a-z0-9_]+)\[([0-9]+)\]\.(.+)$/.exec(path);
  return parts?.[1] === section ? { row: Number(parts[2]), key: parts[3] ?? '' } : undefined;
}
