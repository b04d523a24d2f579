import type { WritingSection } from './completeness';

/** The usual sections of a kind of document (codes of WS/T 500). */
export interface Template {
  kind: string;
  title: string;
  sections: Omit<WritingSection, 'text' | 'warning'>[];
}

export const templates: Template[] = [
  {
    kind: 'C0034',
    title: '入院记录',
    sections: [
      { key: 'chief-complaint', title: '主诉', required: true, least: 4, hint: '促使就诊的主要症状（或体征）及持续时间，一般不超过 20 个字' },
      { key: 'present-illness', title: '现病史', required: true, least: 20, hint: '起病情况、主要症状特点、伴随症状、诊治经过、一般情况' },
      { key: 'past-history', title: '既往史', required: true, hint: '既往疾病、手术外伤、输血、过敏' },
      { key: 'personal-history', title: '个人史', hint: '出生地、居留、烟酒、职业' },
      { key: 'family-history', title: '家族史', hint: '父母、兄弟姐妹、子女的健康与遗传倾向' },
      { key: 'vital-signs', title: '生命体征', required: true, hint: '体温、脉搏、呼吸、血压' },
      { key: 'physical-examination', title: '体格检查', required: true, least: 20, hint: '按系统顺序书写，突出专科情况' },
      { key: 'auxiliary-examination', title: '辅助检查', hint: '入院前的检查，注明时间与机构' },
      { key: 'initial-diagnosis', title: '初步诊断', required: true, hint: '主要诊断在前' },
      { key: 'treatment-plan', title: '诊疗计划', required: true, hint: '检查、治疗、护理与知情告知' },
    ],
  },
  {
    kind: 'C0037',
    title: '首次病程记录',
    sections: [
      { key: 'chief-complaint', title: '主诉', required: true, least: 4 },
      { key: 'case-features', title: '病例特点', required: true, least: 20, hint: '归纳，不重复入院记录' },
      { key: 'diagnosis', title: '初步诊断', required: true },
      { key: 'basis', title: '诊断依据', required: true },
      { key: 'differential', title: '鉴别诊断', required: true },
      { key: 'treatment-plan', title: '诊疗计划', required: true },
    ],
  },
  {
    kind: 'C0038',
    title: '日常病程记录',
    sections: [
      { key: 'progress', title: '病程记录', required: true, least: 10, hint: '病情变化、检查结果及分析、医嘱更改及理由' },
      { key: 'results', title: '检查检验结果' },
    ],
  },
  {
    kind: 'C0049',
    title: '出院记录',
    sections: [
      { key: 'dates', title: '入出院日期', required: true },
      { key: 'admission-state', title: '入院情况', required: true, least: 10 },
      { key: 'admission-diagnosis', title: '入院诊断', required: true },
      { key: 'hospital-course', title: '诊疗经过', required: true, least: 20 },
      { key: 'discharge-state', title: '出院情况', required: true },
      { key: 'discharge-diagnosis', title: '出院诊断', required: true },
      { key: 'discharge-orders', title: '出院医嘱', required: true },
    ],
  },
];

/** Sections of an existing document, with what its kind asks of them. */
export function askedOf(kind: string, sections: { key: string; title: string; text: string }[]): WritingSection[] {
  const asked = templates.find((one) => one.kind === kind)?.sections ?? [];
  return sections.map((section) => ({ ...asked.find(({ key }) => key === section.key), ...section }));
}

/** Empty sections of a kind, or one free section for a kind without a template. */
export function sectionsFor(kind: string): WritingSection[] {
  const template = templates.find((one) => one.kind === kind);
  return template?.sections.map((section) => ({ ...section, text: '' })) ?? [{ key: 'text', title: '正文', text: '', required: true }];
}
