import { CelScalar, celEnv, celFunc, isCelError, isCelList, isCelMap, parse, plan } from '@bufbuild/cel';
import { dateOf, momentOf, type Value } from './value';

export type Variables = Record<string, Value>;

/** A compiled expression: its value, or undefined where it cannot be evaluated. */
export type Expression = (variables: Variables) => unknown;

/** A function of two dates or two moments; `of` gets their seconds and their texts. */
function between(name: string, result: typeof CelScalar.INT | typeof CelScalar.DOUBLE, secondsOf: (text: string) => number | undefined, of: (seconds: number, from: string, to: string) => bigint | number) {
  return celFunc(name, [CelScalar.STRING, CelScalar.STRING], result, (from: string, to: string) => {
    const [begun, ended] = [secondsOf(from), secondsOf(to)];
    if (begun === undefined || ended === undefined) throw new Error(`${name} takes two dates or two moments`);
    return of(ended - begun, from, to);
  });
}

/** Whole years from one date to another: the calendar's difference, less one before the anniversary. */
function years(from: string, to: string): bigint {
  const whole = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return BigInt(to.slice(5) < from.slice(5) ? whole - 1 : whole);
}

const language = celEnv({
  funcs: [
    between('daysBetween', CelScalar.INT, dateOf, (seconds) => BigInt(seconds / 86_400)),
    between('yearsBetween', CelScalar.INT, dateOf, (_, from, to) => years(from, to)),
    between('hoursBetween', CelScalar.DOUBLE, momentOf, (seconds) => seconds / 3600),
  ],
});

export function compile(text: string): Expression {
  const evaluate = plan(language, parse(text)) as (variables: Variables) => unknown;
  return (variables) => {
    const value = evaluate(variables);
    return isCelError(value) || value === null ? undefined : value;
  };
}

const matching = compile('text.matches(pattern)');

/** Whether a pattern, in the syntax of RE2, matches the whole of a text. */
export const matches = (pattern: string, text: string): boolean => matching({ text, pattern: `^(?:${pattern})$` }) === true;

/** A computed value in the shape of answers; lists and maps are none. */
export const scalar = (value: unknown): Value | undefined => (value === undefined || isCelList(value) || isCelMap(value) ? undefined : (value as Value));
