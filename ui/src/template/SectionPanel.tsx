import { InputNumber, Switch } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Section } from '@/kit/form/definition';
import { BothTexts } from './BothTexts';
import { Expression } from './Expression';
import { KeyInput } from './FieldPanel';
import { Item } from './Item';
import { type Content, type Defect, defectsAt, type Place, sectionChanged } from './template';
import styles from './Template.module.css';

interface SectionPanelProps {
  content: Content;
  place: Extract<Place, { what: 'section' }>;
  section: Section;
  defects: Defect[];
  onChange: (content: Content, place?: Place) => void;
}

/** What a part of the form is called, when it is asked, and whether it is asked in rows. */
export function SectionPanel({ content, place, section, defects, onChange }: SectionPanelProps) {
  const { t } = useTranslation('template');
  const id = useId();
  const at = defectsAt(defects, place);
  const change = (to: Partial<Section>) => onChange(sectionChanged(content, section.key, to), to.key === undefined ? undefined : { what: 'section', section: to.key });
  return (
    <div className={styles.panel}>
      <Item id={`${id}-title`} label={t('section.title')} defect={at.title}>
        <BothTexts id={`${id}-title`} label={t('section.title')} value={section.title} onChange={(title) => change({ title })} />
      </Item>
      <Item id={`${id}-key`} label={t('field.key')} defect={at['']} hint={t('field.keyHint')}>
        <KeyInput id={`${id}-key`} value={section.key} onChange={(key) => change({ key })} />
      </Item>
      <Item id={`${id}-help`} label={t('field.help')} defect={at.help}>
        <BothTexts id={`${id}-help`} label={t('field.help')} value={section.help} onChange={(help) => change({ help: help.zh || help.en ? help : undefined })} />
      </Item>
      <Item id={`${id}-when`} label={t('field.when')}>
        <Expression id={`${id}-when`} value={section.when ?? ''} placeholder="sex == 'female'" defect={at.when} onChange={(when) => change({ when })} />
      </Item>
      <Item id={`${id}-repeat`} label={t('section.repeat')} defect={at.repeat} hint={t('section.repeatHint')}>
        <div className={styles.range}>
          <Switch id={`${id}-repeat`} checked={section.repeat !== undefined} onChange={(on) => change({ repeat: on ? { most: 10 } : undefined })} />
          {section.repeat && (
            <>
              <InputNumber aria-label={t('section.least')} prefix={t('section.least')} min={0} max={200} value={section.repeat.least ?? 0} onChange={(least) => change({ repeat: { most: section.repeat?.most ?? 1, ...(least && { least }) } })} />
              <InputNumber aria-label={t('section.most')} prefix={t('section.most')} min={1} max={200} value={section.repeat.most} onChange={(most) => change({ repeat: { ...section.repeat, most: most ?? 1 } })} />
            </>
          )}
        </div>
      </Item>
    </div>
  );
}
