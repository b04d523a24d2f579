import type { Answers, Definition, Field, Input, Level, Row, Rule, Section, Verdict, Wrong } from './definition';
import { compile, type Expression, matches, scalar, type Variables } from './expression';
import { answerOf, given, own, type Value, valueOf, within } from './value';

const longestLine = 200;
const longestProse = 20_000;

interface CompiledField extends Omit<Field, 'when' | 'needWhen' | 'computed'> {
  when?: Expression;
  needWhen?: Expression;
  computed?: Expression;
}

interface CompiledSection extends Omit<Section, 'when' | 'fields'> {
  when?: Expression;
  fields: CompiledField[];
  keys: Set<string>;
}

interface CompiledRule extends Omit<Rule, 'when' | 'must'> {
  when?: Expression;
  must: Expression;
}

interface Place {
  prefix: string;
  given: Answers;
  kept: Answers;
  variables: Variables;
}

const optional = (text: string | undefined): Expression | undefined => (text ? compile(text) : undefined);
const holds = (condition: Expression | undefined, variables: Variables): boolean => condition === undefined || condition(variables) === true;
const isRow = (one: unknown): one is Row => typeof one === 'object' && one !== null && !Array.isArray(one);

/** A form that judges answers as kit/form of the server does. The server's verdict counts. */
export class Form {
  private readonly sections: CompiledSection[];
  private readonly rules: CompiledRule[];
  private readonly keys: Set<string>;

  constructor(readonly definition: Definition) {
    this.sections = definition.sections.map((s) => ({
      ...s,
      when: optional(s.when),
      keys: new Set(s.fields.map((f) => f.key)),
      fields: s.fields.map((f) => ({ ...f, when: optional(f.when), needWhen: optional(f.needWhen), computed: optional(f.computed) })),
    }));
    this.rules = (definition.rules ?? []).map((r) => ({ ...r, when: optional(r.when), must: compile(r.must) }));
    this.keys = new Set(definition.sections.flatMap((s) => (s.repeat ? [s.key] : s.fields.map((f) => f.key))));
  }

  check(input: Input): Verdict {
    return new Judgement(input).judge(this.definition, this.keys, this.sections, this.rules);
  }
}

class Judgement {
  private readonly variables: Variables = {};
  private readonly rowsOf = new Map<string, Variables[]>();
  private readonly verdict: Verdict = { findings: [], asked: [], answers: {}, needed: 0, given: 0 };

  constructor(private readonly input: Input) {}

  judge(definition: Definition, keys: Set<string>, sections: CompiledSection[], rules: CompiledRule[]): Verdict {
    for (const fact of definition.facts ?? []) this.variables[fact.key] = valueOf(fact.kind, own(this.input.facts, fact.key)) ?? null;
    this.nothingElse('', keys, this.input.answers);
    for (const section of sections) {
      if (section.repeat) this.rows(section, section.repeat);
      else this.fields(section, { prefix: '', given: this.input.answers, kept: this.verdict.answers, variables: this.variables }, holds(section.when, this.variables));
    }
    for (const rule of rules) this.rule(rule);
    return this.verdict;
  }

  private find(path: string, code: Wrong, level: Level) {
    this.verdict.findings.push({ path, code, level });
  }

  private nothingElse(prefix: string, keys: Set<string>, answers: Answers) {
    for (const key of Object.keys(answers).sort()) if (!keys.has(key)) this.find(prefix + key, 'unknown', 'block');
  }

  private rows(section: CompiledSection, repeat: { least?: number; most: number }) {
    this.variables[section.key] = [];
    if (!holds(section.when, this.variables)) return;
    const answer = own(this.input.answers, section.key);
    if (given(answer) && !(Array.isArray(answer) && answer.every(isRow))) {
      this.find(section.key, 'kind', 'block');
      return;
    }
    const all = given(answer) ? (answer as Row[]) : [];
    if (all.length < (repeat.least ?? 0) || all.length > repeat.most) this.find(section.key, 'rows', 'block');
    const rows = all.slice(0, repeat.most);
    if (rows.length === 0) return;
    const kept: Answers[] = [];
    const seen: Value[] = [];
    rows.forEach((row, i) => {
      const place: Place = { prefix: `${section.key}[${i}].`, given: row, kept: {}, variables: { ...this.variables } };
      this.nothingElse(place.prefix, section.keys, row);
      this.fields(section, place, true);
      kept.push(place.kept);
      const values = Object.fromEntries([...section.keys].map((key) => [key, place.variables[key] ?? null]));
      seen.push(new Map(Object.entries(values)));
      this.rowsOf.set(section.key, [...(this.rowsOf.get(section.key) ?? []), values]);
    });
    this.verdict.answers[section.key] = kept;
    this.variables[section.key] = seen;
  }

  private fields(section: CompiledSection, at: Place, asked: boolean) {
    for (const field of section.fields) at.variables[field.key] = null;
    for (const field of section.fields) if (asked && holds(field.when, at.variables)) this.field(field, at);
  }

  private field(field: CompiledField, at: Place) {
    const path = at.prefix + field.key;
    this.verdict.asked.push(path);
    const answer = field.computed ? this.counted(field, field.computed, at.variables) : own(at.given, field.key);
    const mandatory = field.need === 'mandatory' || (field.needWhen !== undefined && holds(field.needWhen, at.variables));
    if (mandatory) this.verdict.needed++;
    if (!given(answer)) {
      this.missing(field, path, mandatory);
      return;
    }
    if (mandatory) this.verdict.given++;
    at.kept[field.key] = answer;
    const value = valueOf(field.kind, answer);
    if (value === undefined || value === null) {
      this.find(path, 'kind', 'block');
      return;
    }
    at.variables[field.key] = value;
    this.value(field, path, value);
  }

  private counted(field: CompiledField, computed: Expression, variables: Variables): unknown {
    const value = scalar(computed(variables));
    return value === undefined ? undefined : answerOf(field as Field, value);
  }

  private missing(field: CompiledField, path: string, mandatory: boolean) {
    if (mandatory) this.find(path, 'missing', 'block');
    else if (!field.computed && field.need === 'recommended' && !(own(this.input.reasons, path) as string | undefined)?.trim()) this.find(path, 'unexplained', 'block');
  }

  private value(field: CompiledField, path: string, value: Value) {
    if (field.kind === 'line' || field.kind === 'prose') this.written(field, path, value as string);
    if (field.kind === 'choice') this.chosen(field, path, [value as string]);
    if (field.kind === 'choices') this.chosen(field, path, value as string[]);
    if (field.kind === 'code' && this.input.active && !this.input.active(field.dictionary ?? '', value as string)) this.find(path, 'code', 'block');
    if (field.possible && !within(field.kind, field.possible, value)) this.find(path, 'possible', 'block');
    else if (field.usual && !within(field.kind, field.usual, value)) this.find(path, 'usual', 'warn');
  }

  private written(field: CompiledField, path: string, text: string) {
    const longest = field.longest ?? (field.kind === 'line' ? longestLine : longestProse);
    if (Array.from(text).length > longest) this.find(path, 'length', 'block');
    if (field.pattern && !matches(field.pattern, text)) this.find(path, 'pattern', 'block');
  }

  private chosen(field: CompiledField, path: string, values: string[]) {
    if (!values.every((value) => field.options?.some((option) => option.value === value))) this.find(path, 'option', 'block');
  }

  private rule(rule: CompiledRule) {
    if (!rule.each) {
      this.demand(rule, '', this.variables);
      return;
    }
    (this.rowsOf.get(rule.each) ?? []).forEach((row, i) => this.demand(rule, `${rule.each}[${i}]`, { ...this.variables, ...row }));
  }

  private demand(rule: CompiledRule, row: string, variables: Variables) {
    if (!holds(rule.when, variables)) return;
    const kept = rule.must(variables);
    if (kept === undefined || kept === true) return;
    this.verdict.findings.push({ path: [row, rule.at?.[0]].filter(Boolean).join('.'), code: 'rule', rule: rule.key, level: rule.level });
  }
}
