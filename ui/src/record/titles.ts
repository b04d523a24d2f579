import { useLanguage } from '@/language/language';
import { kinds } from './kinds';
import { languageOfRecords, templates } from './templates';

/** English for the usual titles of sections that no template has. */
const furtherSections: Record<string, string> = {
  附件: 'Attachments',
  '文档信息（来源系统提供，签名未经本院核验）': 'As the source states it; signatures were not verified here',
  '未识别的内容（按原样列出）': 'Not recognised, listed as it came',
  婚育史: 'Marital and childbearing history',
  月经史: 'Menstrual history',
  处理: 'Treatment',
  治疗结果: 'Outcome of treatment',
  病历摘要: 'Summary of the record',
  术前诊断: 'Diagnosis before operation',
  手术指征: 'Indication for operation',
  拟施手术及麻醉: 'Planned operation and anaesthesia',
  注意事项: 'Precautions',
  手术名称: 'Operation',
  手术时间: 'Time of operation',
  术后诊断: 'Diagnosis after operation',
  手术人员: 'Operating team',
  麻醉方式: 'Anaesthesia',
  手术经过: 'Course of operation',
  出血量: 'Blood loss',
  手术概要: 'Summary of operation',
  目前情况: 'Present state',
  术后处理及注意事项: 'Care and precautions after operation',
  检查项目: 'Examination',
  临床诊断: 'Clinical diagnosis',
  检查所见: 'Findings',
  病理诊断: 'Pathological diagnosis',
  检查结论: 'Conclusion',
  查房记录: 'Ward round',
  查房意见: 'Opinion',
  护理观察: 'Observations',
  护理措施: 'Nursing measures',
  转入诊断: 'Diagnosis at transfer',
  转入后诊疗计划: 'Plan of care after transfer',
  会诊原因: 'Reason for consultation',
  会诊意见: 'Opinion of the consultant',
};

const sections = new Map([...Object.entries(furtherSections), ...templates.flatMap((template) => template.sections.map(({ title }) => [title.zh, title.en] as const))]);

interface Titled {
  kind: string;
  title: string;
}

interface Titles {
  /** A document, in the words of the interface. */
  ofDocument: (document: Titled) => string;
  /** A section, in the words of the interface. */
  ofSection: (titleOnRecord: string) => string;
  /** A section as the record has it, with its meaning beside it where that is in another language. */
  glossed: <Section extends { title: string }>(section: Section) => Section;
}

/** Says what the record calls its documents and sections to a reader who may not read Chinese. Unknown titles stay. */
export function useTitles(): Titles {
  const { language } = useLanguage();
  return language === languageOfRecords ? onRecord : inEnglish;
}

const onRecord: Titles = {
  ofDocument: ({ title }) => title,
  ofSection: (title) => title,
  glossed: (section) => section,
};

const inEnglish: Titles = {
  ofDocument: ({ kind, title }) => {
    const usual = kinds[kind];
    if (usual === undefined) return title;
    return usual.zh === title ? usual.en : `${usual.en} · ${title}`;
  },
  ofSection: (title) => sections.get(title) ?? title,
  glossed: (section) => {
    const english = sections.get(section.title);
    return english === undefined ? section : { ...section, title: `${section.title} · ${english}` };
  },
};
