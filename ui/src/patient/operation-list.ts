import type { Schemas } from '@/api/client';
import type { Sheet } from './sheet';

export type Operation = Schemas['PatientOperation'];

/** What a column may be called; the first is what the page says. */
const headings = {
  number: ['手术编号', '手术序号', 'Operation no.', 'number'],
  recordNumber: ['病案号', '住院号', 'Record no.', 'recordNumber'],
  planned: ['计划时间', '手术时间', 'Planned', 'planned'],
  surgeon: ['手术医师', '主刀', '术者', 'Surgeon'],
  assistant: ['手术助手', '助手', 'Assistant'],
  anaesthetist: ['麻醉医师', 'Anaesthetist'],
  'scrub-nurse': ['器械护士', '洗手护士', 'Scrub nurse'],
  'circulating-nurse': ['巡回护士', 'Circulating nurse'],
} as const;

type Heading = keyof typeof headings;
const needed: Heading[] = ['number', 'recordNumber', 'planned', 'surgeon'];
const roles = ['surgeon', 'assistant', 'anaesthetist', 'scrub-nurse', 'circulating-nurse'] as const;

/** How many operations the server takes at a time. */
export const mostOperations = 200;
const longest = { number: 100, recordNumber: 64, person: 100, people: 30 };

export type Slip = 'planned' | 'long';

/** A row of the file: an operation, or why it can be none. Rows are counted as the spreadsheet does. */
export interface ListedRow {
  row: number;
  number: string;
  operation?: Operation;
  slip?: Slip;
}

export interface OperationList {
  rows: ListedRow[];
  /** Needed columns that the first row does not name. */
  missing: Heading[];
}

/** Reads the operations of a table whose first row names the columns. */
export function operationsOf([head = [], ...body]: Sheet): OperationList {
  const places = Object.fromEntries(
    Object.entries(headings).map(([heading, names]) => [heading, head.findIndex((cell) => names.some((name) => name.toLowerCase() === cell.toLowerCase()))]),
  ) as Record<Heading, number>;
  const missing = needed.filter((heading) => places[heading] < 0);
  if (missing.length > 0) return { rows: [], missing };
  const rows = body.flatMap((cells, at) => (cells.some(Boolean) ? [listed(at + 2, (heading) => cells[places[heading]] ?? '')] : []));
  return { rows, missing };
}

function listed(row: number, cell: (heading: Heading) => string): ListedRow {
  const [number, recordNumber, planned] = [cell('number'), cell('recordNumber'), instantOf(cell('planned'))];
  const performers = roles.flatMap((role) => peopleOf(cell(role)).map((person) => ({ person, role })));
  const tooLong =
    number.length > longest.number || recordNumber.length > longest.recordNumber || performers.length > longest.people || performers.some(({ person }) => person.length > longest.person);
  if (tooLong) return { row, number: number.slice(0, longest.number), slip: 'long' };
  if (!planned) return { row, number, slip: 'planned' };
  return { row, number, operation: { number, recordNumber, planned, performers } };
}

const peopleOf = (cell: string) => cell.split(/[\s,，、;；/]+/).filter(Boolean);

const written = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[T\s]*(\d{1,2})[:：](\d{2})(?::\d{2})?$/;
const serial = /^\d{5}(\.\d+)?$/;
const serialOf1970 = 25569;
const aDay = 24 * 60 * 60 * 1000;
const aMinute = 60 * 1000;
const eastOfGreenwich = 8 * 60 * aMinute;

/** A time of the hospital's clock, as it is written in a cell or as Excel counts it. */
function instantOf(cell: string): string | undefined {
  if (serial.test(cell)) {
    const wall = Math.round(((Number(cell) - serialOf1970) * aDay) / aMinute) * aMinute;
    return new Date(wall - eastOfGreenwich).toISOString();
  }
  const [, year, month, day, hour, minute] = (written.exec(cell) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || hour === undefined || minute === undefined) return undefined;
  const wall = new Date(Date.UTC(year, month - 1, day, hour, minute));
  const exists = wall.getUTCMonth() === month - 1 && wall.getUTCDate() === day && hour < 24 && minute < 60;
  return exists ? new Date(wall.getTime() - eastOfGreenwich).toISOString() : undefined;
}
