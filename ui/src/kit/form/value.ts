import type { Field, Kind, Range } from './definition';

/** What expressions see: an integer is a bigint, a decimal a number. */
export type Value = string | number | bigint | boolean | null | Value[] | Map<string, Value>;

const decimalShape = /^-?[0-9]{1,15}(\.[0-9]{1,8})?$/;
const dateShape = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const momentShape = /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(Z|[+-][0-9]{2}:[0-9]{2})$/;

export const own = (of: object | null | undefined, key: string): unknown => (of && Object.hasOwn(of, key) ? (of as Record<string, unknown>)[key] : undefined);

export const given = (answer: unknown): boolean => answer !== undefined && answer !== null && answer !== '' && !(Array.isArray(answer) && answer.length === 0);

/** What an answer is to expressions; undefined where it is not of its kind. */
export function valueOf(kind: Kind, answer: unknown): Value | undefined {
  if (!given(answer)) return null;
  switch (kind) {
    case 'integer':
      return typeof answer === 'number' && Number.isSafeInteger(answer) ? BigInt(answer) : undefined;
    case 'boolean':
      return typeof answer === 'boolean' ? answer : undefined;
    case 'choices':
      return Array.isArray(answer) && answer.every((one) => typeof one === 'string') && new Set(answer).size === answer.length ? answer : undefined;
  }
  if (typeof answer !== 'string') return undefined;
  switch (kind) {
    case 'line':
      return /[\r\n]/.test(answer) ? undefined : answer;
    case 'decimal':
      return decimalShape.test(answer) ? Number(answer) : undefined;
    case 'date':
      return dateOf(answer) === undefined ? undefined : answer;
    case 'moment': {
      const at = momentOf(answer);
      return at === undefined ? undefined : new Date(at * 1000).toISOString().replace('.000Z', 'Z');
    }
  }
  return answer;
}

/** Seconds from 1970 to midnight of a date in UTC. */
export function dateOf(text: string): number | undefined {
  const parts = dateShape.exec(text);
  if (!parts) return undefined;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  return year > 0 && at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() / 1000 : undefined;
}

/** Seconds from 1970 to a moment. */
export function momentOf(text: string): number | undefined {
  const parts = momentShape.exec(text);
  if (!parts) return undefined;
  const day = dateOf(parts[1] ?? '');
  const [hour, minute, second] = [parts[2], parts[3], parts[4] ?? '0'].map(Number) as [number, number, number];
  const zone = parts[5] ?? 'Z';
  const [hours, minutes] = zone === 'Z' ? [0, 0] : [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  if (day === undefined || hour > 23 || minute > 59 || second > 59 || hours > 23 || minutes > 59) return undefined;
  const at = day + hour * 3600 + minute * 60 + second - (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60);
  const year = new Date(at * 1000).getUTCFullYear();
  return year > 0 && year < 10000 ? at : undefined;
}

export function within(kind: Kind, range: Range, value: Value): boolean {
  const from = boundOf(kind, range.from);
  const to = boundOf(kind, range.to);
  return (from === undefined || !before(value, from)) && (to === undefined || !before(to, value));
}

const boundOf = (kind: Kind, limit: string | undefined): Value | undefined => (!limit ? undefined : kind === 'integer' ? BigInt(limit) : valueOf(kind, limit));

const before = (a: Value, b: Value): boolean => a !== null && b !== null && a < b;

/** What a computed value is as an answer; undefined where it is none. */
export function answerOf(field: Field, value: Value): unknown {
  if (field.kind === 'integer') {
    return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
  }
  if (field.kind !== 'decimal') return value;
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  const text = value.toFixed(field.digits ?? 0);
  const unsigned = /[1-9]/.test(text) ? text : text.replace('-', '');
  return decimalShape.test(unsigned) ? unsigned : undefined;
}
