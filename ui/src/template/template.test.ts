import { expect, it } from 'vitest';
import { judge } from './judge';
import { type Content, countAt, defectsAt, emptyContent, entryChanged, entryOf, fieldAdded, fieldChanged, moved, optionsOf, placeOf, placesOf, readContent, removed, ruleAdded, sectionAdded, type WireContent } from './template';

const text = (zh: string) => ({ zh, en: zh });

/** A form of two parts; the first asks two things. */
function twoParts(): Content {
  let content = emptyContent('fever', 'document', text('发热'), text('体征'));
  content = fieldAdded(content, 'part_1', text('体温')).content;
  content = fieldAdded(content, 'part_1', text('处理')).content;
  return sectionAdded(content, text('其他')).content;
}

const keys = (content: Content) => content.definition.sections.map(({ key, fields }) => [key, ...fields.map((field) => field.key)].join(' '));

it('gives what is added a key of its own, and nothing empty', () => {
  const content = twoParts();
  expect(keys(content)).toEqual(['part_1 field_1 field_2', 'part_2']);
  const changed = fieldChanged(content, 'part_1', 'field_1', { unit: '', when: '', kind: 'decimal' });
  expect(changed.definition.sections[0]?.fields[0]).toEqual({ key: 'field_1', title: text('体温'), kind: 'decimal', purpose: '' });
});

it('keeps what the standard says of a field when its key changes, and lets go of it with the field', () => {
  let content = entryChanged(twoParts(), 'field_1', { why: text('判断发热'), element: 'DE04.10.186.00' });
  content = fieldChanged(content, 'part_1', 'field_1', { key: 'temperature' });
  expect(entryOf(content, 'temperature')).toEqual({ field: 'temperature', why: text('判断发热'), element: 'DE04.10.186.00' });
  const left = removed(content, { what: 'field', section: 'part_1', field: 'temperature' });
  expect(left.content.standard.entries).toEqual([]);
  expect(left.place).toEqual({ what: 'section', section: 'part_1' });
  expect(removed(content, { what: 'section', section: 'part_1' }).content.standard.entries).toEqual([]);
});

it('moves a part or a field among its neighbours, and no further', () => {
  const content = twoParts();
  const second = { what: 'field', section: 'part_1', field: 'field_2' } as const;
  expect(keys(moved(content, second, -1))[0]).toBe('part_1 field_2 field_1');
  expect(keys(moved(content, second, 1))).toEqual(keys(content));
  expect(keys(moved(content, { what: 'section', section: 'part_2' }, -1))[0]).toBe('part_2');
});

it('leads from a defect to its place', () => {
  const content = ruleAdded(twoParts()).content;
  expect(placesOf(content)).toHaveLength(6);
  expect(placeOf('sections.part_1.fields.field_2.when', content)).toEqual({ what: 'field', section: 'part_1', field: 'field_2' });
  expect(placeOf('standard.entries.field_2.why', content)).toEqual({ what: 'field', section: 'part_1', field: 'field_2' });
  expect(placeOf('sections.part_2', content)).toEqual({ what: 'section', section: 'part_2' });
  expect(placeOf('rules.rule_1.must', content)).toEqual({ what: 'rule', rule: 'rule_1' });
  expect(placeOf('standard.basis', content)).toEqual({ what: 'form' });
});

it('names the defects of a place by the property, and counts those of its fields with a part', () => {
  const content = twoParts();
  const defects = ['sections.part_1.title', 'sections.part_1.fields.field_1.purpose', 'standard.entries.field_1.why', 'standard.basis'].map((path) => ({ path, says: text(path) }));
  expect(Object.keys(defectsAt(defects, { what: 'field', section: 'part_1', field: 'field_1' }))).toEqual(['purpose', 'why']);
  expect(Object.keys(defectsAt(defects, { what: 'section', section: 'part_1' }))).toEqual(['title']);
  expect(Object.keys(defectsAt(defects, { what: 'form' }))).toEqual(['standard.basis']);
  expect(countAt(defects, { what: 'section', section: 'part_1' }, content)).toBe(3);
  expect(countAt(defects, { what: 'form' }, content)).toBe(1);
});

it('reads options a line each', () => {
  expect(optionsOf('stable | 稳定 | Stable\n\n bad|重')).toEqual([
    { value: 'stable', title: { zh: '稳定', en: 'Stable' } },
    { value: 'bad', title: { zh: '重', en: '' } },
  ]);
});

it('takes a list that is not there for an empty one', () => {
  const wire = { kind: 'document', standard: { title: text('a'), basis: '', entries: null }, definition: { key: 'a', version: 1, title: text('a'), sections: [{ key: 'b', title: text('b'), fields: null }] }, samples: null };
  const content = readContent(wire as unknown as WireContent);
  expect([content.standard.entries, content.samples, content.definition.sections[0]?.fields]).toEqual([[], [], []]);
});

it('judges what the preview holds, and says nothing of a form that cannot be read', () => {
  const content = fieldChanged(twoParts(), 'part_1', 'field_1', { need: 'mandatory' });
  expect(judge(content, { answers: {}, reasons: {} }, {})).toEqual([{ path: 'field_1', code: 'missing', level: 'block' }]);
  expect(judge(fieldChanged(content, 'part_1', 'field_1', { when: '((' }), { answers: {}, reasons: {} }, {})).toEqual([]);
});
