import { Radio, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '@/kit/form/definition';
import { useText } from '@/language/text';
import { BothTexts } from './BothTexts';
import { Expression } from './Expression';
import { KeyInput } from './FieldPanel';
import { Item } from './Item';
import { type Content, type Defect, defectsAt, type Place, ruleChanged } from './template';
import styles from './Template.module.css';

interface RulePanelProps {
  content: Content;
  place: Extract<Place, { what: 'rule' }>;
  rule: Rule;
  defects: Defect[];
  onChange: (content: Content, place?: Place) => void;
}

/** A condition over several answers: what must hold, and what is said where it does not. */
export function RulePanel({ content, place, rule, defects, onChange }: RulePanelProps) {
  const { t } = useTranslation('template');
  const say = useText();
  const id = useId();
  const at = defectsAt(defects, place);
  const change = (to: Partial<Rule>) => onChange(ruleChanged(content, rule.key, to), to.key === undefined ? undefined : { what: 'rule', rule: to.key });
  const sections = content.definition.sections;
  const shownAt = sections.filter((section) => (rule.each ? section.key === rule.each : !section.repeat)).flatMap(({ fields }) => fields);
  return (
    <div className={styles.panel}>
      <Item id={`${id}-says`} label={t('rule.says')} defect={at.says}>
        <BothTexts id={`${id}-says`} label={t('rule.says')} value={rule.says} long onChange={(says) => change({ says })} />
      </Item>
      <Item id={`${id}-must`} label={t('rule.must')}>
        <Expression id={`${id}-must`} value={rule.must} placeholder="systolic > diastolic" defect={at.must} onChange={(must) => change({ must })} />
      </Item>
      <Item id={`${id}-when`} label={t('rule.when')}>
        <Expression id={`${id}-when`} value={rule.when ?? ''} defect={at.when} onChange={(when) => change({ when })} />
      </Item>
      <Item id={`${id}-level`} label={t('rule.level')} defect={at.level}>
        <Radio.Group id={`${id}-level`} value={rule.level} options={(['warn', 'block'] as const).map((value) => ({ value, label: t(`level.${value}`) }))} onChange={(event) => change({ level: event.target.value as Rule['level'] })} />
      </Item>
      <Item id={`${id}-each`} label={t('rule.each')} defect={at.each}>
        <Select id={`${id}-each`} allowClear value={rule.each ?? null} placeholder={t('none')} className={styles.full ?? ''} options={sections.filter(({ repeat }) => repeat).map(({ key, title }) => ({ value: key, label: say(title) }))} onChange={(each) => change({ each })} />
      </Item>
      <Item id={`${id}-at`} label={t('rule.at')} defect={at.at}>
        <Select id={`${id}-at`} mode="multiple" value={rule.at ?? []} className={styles.full ?? ''} options={shownAt.map(({ key, title }) => ({ value: key, label: say(title) }))} onChange={(keys) => change({ at: keys.length ? keys : undefined })} />
      </Item>
      <Item id={`${id}-key`} label={t('field.key')} defect={at['']}>
        <KeyInput id={`${id}-key`} value={rule.key} onChange={(key) => change({ key })} />
      </Item>
    </div>
  );
}
