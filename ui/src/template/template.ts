import type { Schemas } from '@/api/client';
import type { Answers, Definition, Field, Finding, Kind, Rule, Section, Text } from '@/kit/form/definition';
import type { Tone } from '@/kit/tone';

export type Version = Schemas['Template'];
export type SeenVersion = Schemas['TemplateSeen'];
export type Report = Schemas['TemplateReport'];
export type Defect = Schemas['TemplateDefect'];
export type Change = Schemas['TemplateChange'];
export type WireContent = Schemas['TemplateContent'];
export type Names = Record<string, Schemas['StaffName']>;

/** What the entry standard says of one field. */
export interface Entry {
  field: string;
  element?: string;
  values?: string;
  why: Text;
}

/** Answers with everything that the form must hold against them. */
export interface Sample {
  name: string;
  answers: Answers;
  facts?: Record<string, unknown>;
  reasons?: Record<string, string>;
  expected: Finding[];
}

/** A form with its entry standard and its samples, which are approved as one. */
export interface Content {
  kind: WireContent['kind'];
  standard: { title: Text; basis: string; entries: Entry[] };
  definition: Definition;
  samples: Sample[];
}

export const formKinds = ['document', 'register', 'application'] as const;
export const fieldKinds: Kind[] = ['line', 'prose', 'integer', 'decimal', 'boolean', 'date', 'moment', 'choice', 'choices', 'code'];
export const needs = ['recommended', 'mandatory'] as const;
export const purposes = ['service', 'management', 'teaching', 'research'] as const;

export const stateTones: Record<Version['state'], Tone> = { draft: 'neutral', submitted: 'warning', released: 'success', retired: 'neutral' };

/** Content as the server gives it, where an empty list may be absent. */
export function readContent({ kind, standard, definition, samples }: WireContent): Content {
  return {
    kind,
    standard: { ...standard, entries: standard.entries ?? [] },
    definition: { ...(definition as Definition), sections: (definition.sections ?? []).map((section) => ({ ...(section as Section), fields: (section.fields ?? []) as Field[] })) },
    samples: (samples ?? []).map((sample) => ({ ...sample, expected: (sample.expected ?? []) as Finding[] })),
  };
}

export const asWire = (content: Content): WireContent => content;

/** What a field is asked for; nothing while nobody has said so. */
export const purposeOf = ({ purpose }: Field): Field['purpose'] | undefined => purposes.find((one) => one === purpose);

/** A form with nothing in it but what it is called. */
export function emptyContent(key: string, kind: Content['kind'], title: Text, section: Text): Content {
  return {
    kind,
    standard: { title: { zh: '', en: '' }, basis: '', entries: [] },
    definition: { key, version: 1, title, sections: [{ key: 'part_1', title: section, fields: [] }] },
    samples: [],
  };
}

/** Something of a form that can be looked at by itself. */
export type Place = { what: 'form' } | { what: 'section'; section: string } | { what: 'field'; section: string; field: string } | { what: 'rule'; rule: string };

export const whole: Place = { what: 'form' };

export const samePlace = (a: Place, b: Place): boolean => pathOf(a) === pathOf(b);

/** Where the defects of a place are named. */
export function pathOf(place: Place): string {
  switch (place.what) {
    case 'form':
      return '';
    case 'section':
      return `sections.${place.section}`;
    case 'field':
      return `sections.${place.section}.fields.${place.field}`;
    case 'rule':
      return `rules.${place.rule}`;
  }
}

/** The place that a path of the server leads to. */
export function placeOf(path: string, content: Content): Place {
  const field = /^sections\.([a-z0-9_]+)\.fields\.([a-z0-9_]+)/.exec(path);
  if (field?.[1] && field[2]) return { what: 'field', section: field[1], field: field[2] };
  const entry = /^standard\.entries\.([a-z0-9_]+)/.exec(path)?.[1];
  const asks = entry && content.definition.sections.find((section) => section.fields.some(({ key }) => key === entry));
  if (entry && asks) return { what: 'field', section: asks.key, field: entry };
  const section = /^sections\.([a-z0-9_]+)/.exec(path)?.[1];
  if (section) return { what: 'section', section };
  const rule = /^rules\.([a-z0-9_]+)/.exec(path)?.[1];
  return rule ? { what: 'rule', rule } : whole;
}

/** The defects of a place itself, by the property that they name; those of its fields are not among a section's. */
export function defectsAt(defects: Defect[], place: Place): Record<string, Defect> {
  const prefix = pathOf(place);
  const found: Record<string, Defect> = {};
  for (const defect of defects) {
    const of = place.what === 'field' ? [`${prefix}.`, `standard.entries.${place.field}.`] : [prefix && `${prefix}.`];
    const head = of.find((one) => defect.path.startsWith(one));
    if (head === undefined && defect.path !== prefix) continue;
    const property = head === undefined ? '' : defect.path.slice(head.length);
    if (place.what === 'form' ? /^(definition\.|standard\.(title|basis)|samples|title|key|facts)/.test(defect.path) : !property.startsWith('fields.')) found[property.replace(/^options\..*/, 'options')] = defect;
  }
  return found;
}

/** How many defects lie at a place or below it. */
export function countAt(defects: Defect[], place: Place, content: Content): number {
  return defects.filter(({ path }) => {
    const at = placeOf(path, content);
    if (place.what === 'section') return at.what !== 'form' && at.what !== 'rule' && at.section === place.section;
    return samePlace(at, place);
  }).length;
}

const every = (definition: Definition): string[] => [
  ...(definition.facts ?? []).map(({ key }) => key),
  ...definition.sections.flatMap((section) => [section.key, ...section.fields.map(({ key }) => key)]),
];

/** A key that nothing in the form has yet. */
export function freshKey(taken: string[], stem: string): string {
  let n = 1;
  while (taken.includes(`${stem}_${n}`)) n += 1;
  return `${stem}_${n}`;
}

const define = (content: Content, change: (definition: Definition) => Definition): Content => ({ ...content, definition: change(content.definition) });

const inSection = (content: Content, key: string, change: (section: Section) => Section): Content =>
  define(content, (definition) => ({ ...definition, sections: definition.sections.map((section) => (section.key === key ? change(section) : section)) }));

export function sectionAdded(content: Content, title: Text): { content: Content; place: Place } {
  const key = freshKey(every(content.definition), 'part');
  return { content: define(content, (definition) => ({ ...definition, sections: [...definition.sections, { key, title, fields: [] }] })), place: { what: 'section', section: key } };
}

export function fieldAdded(content: Content, section: string, title: Text): { content: Content; place: Place } {
  const key = freshKey(every(content.definition), 'field');
  const field: Field = { key, title, kind: 'line', purpose: '' as Field['purpose'] };
  return { content: inSection(content, section, (one) => ({ ...one, fields: [...one.fields, field] })), place: { what: 'field', section, field: key } };
}

export function ruleAdded(content: Content): { content: Content; place: Place } {
  const rules = content.definition.rules ?? [];
  const key = freshKey(rules.map((rule) => rule.key), 'rule');
  const rule: Rule = { key, must: '', level: 'warn', says: { zh: '', en: '' } };
  return { content: define(content, (definition) => ({ ...definition, rules: [...rules, rule] })), place: { what: 'rule', rule: key } };
}

/** Without properties that say nothing, so that a file holds no empty ones. */
function tidy<T extends object>(of: T): T {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined && value !== '' && value !== null)) as T;
}

export function sectionChanged(content: Content, key: string, to: Partial<Section>): Content {
  return inSection(content, key, (section) => tidy({ ...section, ...to }));
}

/** What the standard says of a field goes with it when its key changes. */
export function fieldChanged(content: Content, section: string, key: string, to: Partial<Field>): Content {
  const changed = inSection(content, section, (one) => ({
    ...one,
    fields: one.fields.map((field) => (field.key === key ? { ...tidy({ ...field, ...to }), purpose: to.purpose ?? field.purpose } : field)),
  }));
  const renamed = to.key;
  if (renamed === undefined || renamed === key) return changed;
  return { ...changed, standard: { ...changed.standard, entries: changed.standard.entries.map((entry) => (entry.field === key ? { ...entry, field: renamed } : entry)) } };
}

export function ruleChanged(content: Content, key: string, to: Partial<Rule>): Content {
  return define(content, (definition) => ({ ...definition, rules: (definition.rules ?? []).map((rule) => (rule.key === key ? { ...tidy({ ...rule, ...to }), must: to.must ?? rule.must } : rule)) }));
}

export const entryOf = (content: Content, field: string): Entry => content.standard.entries.find((entry) => entry.field === field) ?? { field, why: { zh: '', en: '' } };

export function entryChanged(content: Content, field: string, to: Partial<Entry>): Content {
  const entry = { ...tidy({ ...entryOf(content, field), ...to }), field };
  const known = content.standard.entries.some((one) => one.field === field);
  const entries = known ? content.standard.entries.map((one) => (one.field === field ? entry : one)) : [...content.standard.entries, entry];
  return { ...content, standard: { ...content.standard, entries } };
}

/** Without something, and where to look then. */
export function removed(content: Content, place: Place): { content: Content; place: Place } {
  switch (place.what) {
    case 'form':
      return { content, place };
    case 'rule':
      return { content: define(content, (definition) => ({ ...definition, rules: (definition.rules ?? []).filter(({ key }) => key !== place.rule) })), place: whole };
    case 'section': {
      const gone = content.definition.sections.find(({ key }) => key === place.section)?.fields.map(({ key }) => key) ?? [];
      const left = define(content, (definition) => ({ ...definition, sections: definition.sections.filter(({ key }) => key !== place.section) }));
      return { content: withoutEntries(left, gone), place: whole };
    }
    case 'field': {
      const left = inSection(content, place.section, (section) => ({ ...section, fields: section.fields.filter(({ key }) => key !== place.field) }));
      return { content: withoutEntries(left, [place.field]), place: { what: 'section', section: place.section } };
    }
  }
}

const withoutEntries = (content: Content, fields: string[]): Content => ({
  ...content,
  standard: { ...content.standard, entries: content.standard.entries.filter(({ field }) => !fields.includes(field)) },
});

function shifted<T extends { key: string }>(all: T[], key: string, by: number): T[] {
  const from = all.findIndex((one) => one.key === key);
  const to = from + by;
  const moving = all[from];
  if (moving === undefined || to < 0 || to >= all.length) return all;
  const others = all.filter((one) => one.key !== key);
  return [...others.slice(0, to), moving, ...others.slice(to)];
}

/** One place up or down among its neighbours. */
export function moved(content: Content, place: Place, by: -1 | 1): Content {
  switch (place.what) {
    case 'form':
      return content;
    case 'rule':
      return define(content, (definition) => ({ ...definition, rules: shifted(definition.rules ?? [], place.rule, by) }));
    case 'section':
      return define(content, (definition) => ({ ...definition, sections: shifted(definition.sections, place.section, by) }));
    case 'field':
      return inSection(content, place.section, (section) => ({ ...section, fields: shifted(section.fields, place.field, by) }));
  }
}

/** Every place of a form in the order in which it is shown. */
export function placesOf(content: Content): Place[] {
  return [
    whole,
    ...content.definition.sections.flatMap((section): Place[] => [{ what: 'section', section: section.key }, ...section.fields.map((field): Place => ({ what: 'field', section: section.key, field: field.key }))]),
    ...(content.definition.rules ?? []).map((rule): Place => ({ what: 'rule', rule: rule.key })),
  ];
}

/** Options as lines that are written: value, Chinese, English. */
export const optionsText = (field: Field): string => (field.options ?? []).map(({ value, title }) => `${value} | ${title.zh} | ${title.en}`).join('\n');

export function optionsOf(text: string): NonNullable<Field['options']> {
  return text
    .split('\n')
    .map((line) => line.split('|').map((part) => part.trim()))
    .filter(([value]) => value)
    .map(([value = '', zh = '', en = '']) => ({ value, title: { zh, en } }));
}

/** Findings as one text each, to compare and to show. */
export const findingText = ({ path, code, rule, level }: { path: string; code: string; rule?: string | undefined; level: string }): string => [level, path || '–', rule ?? code].join(' · ');

/** The name of the file in which a form is handed on. */
export const fileName = ({ definition }: Content): string => `${definition.key}-${definition.version}.json`;
