/** One version of a form, as kit/form of the server reads it. */
export interface Definition {
  key: string;
  version: number;
  title: Text;
  facts?: Fact[];
  sections: Section[];
  rules?: Rule[];
}

export interface Text {
  zh: string;
  en: string;
}

export interface Fact {
  key: string;
  kind: Kind;
}

export interface Section {
  key: string;
  title: Text;
  help?: Text;
  when?: string;
  repeat?: { least?: number; most: number };
  fields: Field[];
}

export type Kind = 'line' | 'prose' | 'integer' | 'decimal' | 'boolean' | 'date' | 'moment' | 'choice' | 'choices' | 'code';

export interface Field {
  key: string;
  title: Text;
  help?: Text;
  kind: Kind;
  purpose: 'service' | 'management' | 'teaching' | 'research';
  need?: 'recommended' | 'mandatory';
  needWhen?: string;
  when?: string;
  unit?: string;
  possible?: Range;
  usual?: Range;
  longest?: number;
  pattern?: string;
  options?: { value: string; title: Text }[];
  dictionary?: string;
  computed?: string;
  digits?: number;
  prefill?: string;
}

export interface Range {
  from?: string;
  to?: string;
}

export type Level = 'warn' | 'block';

export interface Rule {
  key: string;
  each?: string;
  when?: string;
  must: string;
  level: Level;
  says: Text;
  at?: string[];
}

export type Answer = string | number | boolean | null | string[] | Row[];
export type Row = Record<string, unknown>;
export type Answers = Record<string, unknown>;

export interface Input {
  answers: Answers;
  facts?: Record<string, unknown>;
  /** Why a recommended field does not apply, by path. */
  reasons?: Record<string, string>;
  active?: (dictionary: string, code: string) => boolean;
}

/** What can be wrong with an answer, apart from the rules of the form. */
export type Wrong = 'missing' | 'unexplained' | 'kind' | 'length' | 'pattern' | 'option' | 'code' | 'possible' | 'usual' | 'rows' | 'unknown';

export type Finding = { path: string; level: Level } & ({ code: Wrong; rule?: undefined } | { code: 'rule'; rule: string });

export interface Verdict {
  findings: Finding[];
  /** Paths of the fields that apply, in the order of the form. */
  asked: string[];
  answers: Answers;
  needed: number;
  given: number;
}
