import type { Text } from '@/language/text';
import type { WritingSection } from './completeness';
import { kinds } from './kinds';

interface TemplateSection {
  key: string;
  title: Text;
  hint?: Text;
  required?: boolean;
  least?: number;
}

/** The usual sections of a kind of document (codes of WS/T 500). */
export interface Template {
  kind: string;
  sections: TemplateSection[];
}

const complaint = { key: 'chief-complaint', title: { zh: '主诉', en: 'Chief complaint' }, required: true, least: 4 };
const plan = { key: 'treatment-plan', title: { zh: '诊疗计划', en: 'Plan of care' }, required: true };

export const templates: Template[] = [
  {
    kind: 'C0034',
    sections: [
      { ...complaint, hint: { zh: '促使就诊的主要症状（或体征）及持续时间，一般不超过 20 个字', en: 'The main symptom or sign and how long it has lasted, usually within 20 characters' } },
      {
        key: 'present-illness',
        title: { zh: '现病史', en: 'Present illness' },
        required: true,
        least: 20,
        hint: { zh: '起病情况、主要症状特点、伴随症状、诊治经过、一般情况', en: 'Onset, main symptoms, accompanying symptoms, treatment so far, general condition' },
      },
      {
        key: 'past-history',
        title: { zh: '既往史', en: 'Past history' },
        required: true,
        hint: { zh: '既往疾病、手术外伤、输血、过敏', en: 'Earlier diseases, operations and injuries, transfusions, allergies' },
      },
      {
        key: 'personal-history',
        title: { zh: '个人史', en: 'Personal history' },
        hint: { zh: '出生地、居留、烟酒、职业', en: 'Place of birth, places lived in, tobacco and alcohol, occupation' },
      },
      {
        key: 'family-history',
        title: { zh: '家族史', en: 'Family history' },
        hint: { zh: '父母、兄弟姐妹、子女的健康与遗传倾向', en: 'Health and inherited tendencies of parents, siblings and children' },
      },
      {
        key: 'vital-signs',
        title: { zh: '生命体征', en: 'Vital signs' },
        required: true,
        hint: { zh: '体温、脉搏、呼吸、血压', en: 'Temperature, pulse, respiration, blood pressure' },
      },
      {
        key: 'physical-examination',
        title: { zh: '体格检查', en: 'Physical examination' },
        required: true,
        least: 20,
        hint: { zh: '按系统顺序书写，突出专科情况', en: 'System by system, with what concerns the specialty' },
      },
      {
        key: 'auxiliary-examination',
        title: { zh: '辅助检查', en: 'Tests and imaging' },
        hint: { zh: '入院前的检查，注明时间与机构', en: 'Done before admission, with date and place' },
      },
      {
        key: 'initial-diagnosis',
        title: { zh: '初步诊断', en: 'Initial diagnosis' },
        required: true,
        hint: { zh: '主要诊断在前', en: 'The principal diagnosis first' },
      },
      { ...plan, hint: { zh: '检查、治疗、护理与知情告知', en: 'Tests, treatment, nursing, and what the patient was told' } },
    ],
  },
  {
    kind: 'C0037',
    sections: [
      complaint,
      {
        key: 'case-features',
        title: { zh: '病例特点', en: 'Features of the case' },
        required: true,
        least: 20,
        hint: { zh: '归纳，不重复入院记录', en: 'A summary that does not repeat the admission record' },
      },
      { key: 'diagnosis', title: { zh: '初步诊断', en: 'Initial diagnosis' }, required: true },
      { key: 'basis', title: { zh: '诊断依据', en: 'Grounds of the diagnosis' }, required: true },
      { key: 'differential', title: { zh: '鉴别诊断', en: 'Differential diagnosis' }, required: true },
      plan,
    ],
  },
  {
    kind: 'C0038',
    sections: [
      {
        key: 'progress',
        title: { zh: '病程记录', en: 'Progress' },
        required: true,
        least: 10,
        hint: { zh: '病情变化、检查结果及分析、医嘱更改及理由', en: 'Changes, results and what they mean, changed orders and why' },
      },
      { key: 'results', title: { zh: '检查检验结果', en: 'Results' } },
    ],
  },
  {
    kind: 'C0049',
    sections: [
      { key: 'dates', title: { zh: '入出院日期', en: 'Dates of admission and discharge' }, required: true },
      { key: 'admission-state', title: { zh: '入院情况', en: 'State at admission' }, required: true, least: 10 },
      { key: 'admission-diagnosis', title: { zh: '入院诊断', en: 'Diagnosis at admission' }, required: true },
      { key: 'hospital-course', title: { zh: '诊疗经过', en: 'Hospital course' }, required: true, least: 20 },
      { key: 'discharge-state', title: { zh: '出院情况', en: 'State at discharge' }, required: true },
      { key: 'discharge-diagnosis', title: { zh: '出院诊断', en: 'Diagnosis at discharge' }, required: true },
      { key: 'discharge-orders', title: { zh: '出院医嘱', en: 'Orders at discharge' }, required: true },
    ],
  },
];

/** Records are kept in Chinese, whatever language their writer reads the interface in. */
export const languageOfRecords = 'zh';

const freeSection: TemplateSection = { key: 'text', title: { zh: '正文', en: 'Text' }, required: true };

/** What a new document of a kind is called on the record. */
export function titleOnRecord(kind: string): string {
  return kinds[kind]?.[languageOfRecords] ?? kind;
}

function templateOf(kind: string): Template | undefined {
  return templates.find((one) => one.kind === kind);
}

/** Sections of an existing document, with what its kind asks of them. */
export function askedOf(kind: string, sections: { key: string; title: string; text: string }[]): WritingSection[] {
  const asked = templateOf(kind)?.sections ?? [];
  return sections.map((section) => ({ ...asked.find(({ key }) => key === section.key), ...section }));
}

/** Empty sections of a kind, or one free section for a kind without a template. */
export function sectionsFor(kind: string): WritingSection[] {
  const sections = templateOf(kind)?.sections ?? [freeSection];
  return sections.map((section) => ({ ...section, title: section.title[languageOfRecords], text: '' }));
}

const sectionTitles = new Map(templates.flatMap(({ sections }) => sections.map(({ key, title }) => [key, title] as const)));

/** What a section of a document is called, whatever kind it is of; undefined where no template has it. */
export const titleOfSection = (key: string): TemplateSection['title'] | undefined => sectionTitles.get(key);
