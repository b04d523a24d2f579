import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { GrowingText } from '@/kit/GrowingText';
import type { Fact } from '@/kit/form/definition';
import { BothTexts } from './BothTexts';
import { Item } from './Item';
import { type Content, type Defect, defectsAt, fieldKinds, formKinds, freshKey, whole } from './template';
import styles from './Template.module.css';

interface FormPanelProps {
  content: Content;
  defects: Defect[];
  onChange: (content: Content) => void;
}

/** What the form is called, which standard it follows, and what is known before it is opened. */
export function FormPanel({ content, defects, onChange }: FormPanelProps) {
  const { t } = useTranslation('template');
  const id = useId();
  const at = defectsAt(defects, whole);
  const { definition, standard } = content;
  const facts = definition.facts ?? [];
  const factsChanged = (next: Fact[]) => onChange({ ...content, definition: { ...definition, facts: next } });
  return (
    <div className={styles.panel}>
      <fieldset className={styles.group}>
        <legend>{t('form.what')}</legend>
        <Item id={`${id}-title`} label={t('form.title')} defect={at.title}>
          <BothTexts id={`${id}-title`} label={t('form.title')} value={definition.title} onChange={(title) => onChange({ ...content, definition: { ...definition, title } })} />
        </Item>
        <Item id={`${id}-kind`} label={t('form.kind')}>
          <Select id={`${id}-kind`} value={content.kind} className={styles.full ?? ''} options={formKinds.map((value) => ({ value, label: t(`formKind.${value}`) }))} onChange={(kind) => onChange({ ...content, kind })} />
        </Item>
      </fieldset>
      <fieldset className={styles.group}>
        <legend>{t('form.standard')}</legend>
        <Item id={`${id}-standard`} label={t('form.standardTitle')} defect={at['standard.title']}>
          <BothTexts id={`${id}-standard`} label={t('form.standardTitle')} value={standard.title} onChange={(title) => onChange({ ...content, standard: { ...standard, title } })} />
        </Item>
        <Item id={`${id}-basis`} label={t('form.basis')} defect={at['standard.basis']}>
          <GrowingText id={`${id}-basis`} least={1} most={4} value={standard.basis} placeholder="WS/T 500 C0034" onChange={(event) => onChange({ ...content, standard: { ...standard, basis: event.target.value } })} />
        </Item>
      </fieldset>
      <fieldset className={styles.group}>
        <legend>{t('form.facts')}</legend>
        <p className={styles.hint}>{t('form.factsHint')}</p>
        {facts.map((fact, i) => {
          const put = (to: Partial<Fact>) => factsChanged(facts.map((one, at) => (at === i ? { ...one, ...to } : one)));
          return (
            // A fact has no name but the one that is typed.
            <div key={i} className={styles.range}>
              <Input aria-label={t('field.key')} className={styles.code ?? ''} value={fact.key} onChange={(event) => put({ key: event.target.value })} />
              <Select aria-label={t('field.kind')} value={fact.kind} className={styles.full ?? ''} options={fieldKinds.map((value) => ({ value, label: t(`kind.${value}`) }))} onChange={(kind) => put({ kind })} />
              <Button aria-label={t('do.removeFact', { key: fact.key })} icon={<DeleteOutlined />} onClick={() => factsChanged(facts.filter((_, at) => at !== i))} />
            </div>
          );
        })}
        <Button size="small" icon={<PlusOutlined />} onClick={() => factsChanged([...facts, { key: freshKey(facts.map(({ key }) => key), 'fact'), kind: 'line' }])}>
          {t('do.addFact')}
        </Button>
      </fieldset>
    </div>
  );
}
