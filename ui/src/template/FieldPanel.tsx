import { Input, InputNumber, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GrowingText } from '@/kit/GrowingText';
import type { Field } from '@/kit/form/definition';
import { BothTexts } from './BothTexts';
import { Expression } from './Expression';
import { Item } from './Item';
import { type Content, type Defect, defectsAt, entryChanged, entryOf, fieldChanged, fieldKinds, needs, optionsOf, optionsText, type Place, purposeOf, purposes } from './template';
import styles from './Template.module.css';

interface FieldPanelProps {
  content: Content;
  place: Extract<Place, { what: 'field' }>;
  field: Field;
  defects: Defect[];
  onChange: (content: Content, place?: Place) => void;
}

const ordered = ['integer', 'decimal', 'date', 'moment'];
const counted = ['integer', 'decimal', 'boolean'];
const textual = ['line', 'prose'];

/** Everything that can be said of one field, and what the entry standard says of it. */
export function FieldPanel({ content, place, field, defects, onChange }: FieldPanelProps) {
  const { t } = useTranslation('template');
  const id = useId();
  const at = defectsAt(defects, place);
  const entry = entryOf(content, field.key);
  const change = (to: Partial<Field>) => onChange(fieldChanged(content, place.section, field.key, to), to.key === undefined ? undefined : { ...place, field: to.key });
  const facts = content.definition.facts ?? [];
  return (
    <div className={styles.panel}>
      <fieldset className={styles.group}>
        <legend>{t('field.what')}</legend>
        <Item id={`${id}-title`} label={t('field.title')} defect={at.title}>
          <BothTexts id={`${id}-title`} label={t('field.title')} value={field.title} onChange={(title) => change({ title })} />
        </Item>
        <Item id={`${id}-key`} label={t('field.key')} defect={at['']} hint={t('field.keyHint')}>
          <KeyInput id={`${id}-key`} value={field.key} onChange={(key) => change({ key })} />
        </Item>
        <Item id={`${id}-kind`} label={t('field.kind')} defect={at.kind}>
          <Select id={`${id}-kind`} value={field.kind} className={styles.full ?? ''} options={fieldKinds.map((value) => ({ value, label: t(`kind.${value}`) }))} onChange={(kind) => change({ kind })} />
        </Item>
        <Item id={`${id}-help`} label={t('field.help')} defect={at.help}>
          <BothTexts id={`${id}-help`} label={t('field.help')} value={field.help} onChange={(help) => change({ help: help.zh || help.en ? help : undefined })} />
        </Item>
      </fieldset>
      <fieldset className={styles.group}>
        <legend>{t('field.whyGroup')}</legend>
        <Item id={`${id}-purpose`} label={t('field.purpose')} defect={at.purpose}>
          <Select id={`${id}-purpose`} value={purposeOf(field)} placeholder={t('choose')} className={styles.full ?? ''} options={purposes.map((value) => ({ value, label: t(`purpose.${value}`) }))} onChange={(purpose) => change({ purpose })} />
        </Item>
        <Item id={`${id}-why`} label={t('field.why')} defect={at.why}>
          <BothTexts id={`${id}-why`} label={t('field.why')} value={entry.why} long onChange={(why) => onChange(entryChanged(content, field.key, { why }))} />
        </Item>
        <Item id={`${id}-element`} label={t('field.element')} defect={at.element} hint={t('field.elementHint')}>
          <Input id={`${id}-element`} className={styles.code ?? ''} value={entry.element ?? ''} placeholder="DE04.10.186.00" onChange={(event) => onChange(entryChanged(content, field.key, { element: event.target.value.trim() }))} />
        </Item>
        <Item id={`${id}-values`} label={t('field.values')}>
          <Input id={`${id}-values`} value={entry.values ?? ''} placeholder="GB/T 2261.1-2003" onChange={(event) => onChange(entryChanged(content, field.key, { values: event.target.value }))} />
        </Item>
      </fieldset>
      <fieldset className={styles.group}>
        <legend>{t('field.answerGroup')}</legend>
        <Item id={`${id}-need`} label={t('field.need')} defect={at.need}>
          <Select id={`${id}-need`} value={field.need ?? 'optional'} className={styles.full ?? ''} options={(['optional', ...needs] as const).map((value) => ({ value, label: t(`need.${value}`) }))} onChange={(need) => change({ need: needs.find((one) => one === need) })} />
        </Item>
        {textual.includes(field.kind) && (
          <>
            <Item id={`${id}-longest`} label={t('field.longest')} defect={at.longest}>
              <InputNumber id={`${id}-longest`} min={1} max={20000} value={field.longest ?? null} onChange={(longest) => change({ longest: longest ?? undefined })} />
            </Item>
            <Item id={`${id}-pattern`} label={t('field.pattern')} defect={at.pattern}>
              <Input id={`${id}-pattern`} className={styles.code ?? ''} value={field.pattern ?? ''} placeholder="[A-Z][0-9]{2}" onChange={(event) => change({ pattern: event.target.value })} />
            </Item>
          </>
        )}
        {ordered.includes(field.kind) && (
          <>
            {(field.kind === 'integer' || field.kind === 'decimal') && (
              <Item id={`${id}-unit`} label={t('field.unit')} hint={t('field.unitHint')}>
                <Input id={`${id}-unit`} className={styles.short ?? ''} value={field.unit ?? ''} placeholder="mm[Hg]" onChange={(event) => change({ unit: event.target.value.trim() })} />
              </Item>
            )}
            {(['possible', 'usual'] as const).map((range) => (
              <Item key={range} id={`${id}-${range}`} label={t(`field.${range}`)} defect={at[range]} hint={t(`field.${range}Hint`)}>
                <RangeInput id={`${id}-${range}`} label={t(`field.${range}`)} value={field[range]} onChange={(value) => change({ [range]: value })} />
              </Item>
            ))}
          </>
        )}
        {(field.kind === 'choice' || field.kind === 'choices') && (
          <Item id={`${id}-options`} label={t('field.options')} defect={at.options} hint={t('field.optionsHint')}>
            <OptionsInput key={field.key} id={`${id}-options`} field={field} onChange={(options) => change({ options })} />
          </Item>
        )}
        {field.kind === 'code' && (
          <Item id={`${id}-dictionary`} label={t('field.dictionary')} defect={at.dictionary}>
            <Input id={`${id}-dictionary`} className={styles.code ?? ''} value={field.dictionary ?? ''} placeholder="diagnosis" onChange={(event) => change({ dictionary: event.target.value.trim() })} />
          </Item>
        )}
        {facts.length > 0 && (
          <Item id={`${id}-prefill`} label={t('field.prefill')} defect={at.prefill}>
            <Select id={`${id}-prefill`} allowClear value={field.prefill ?? null} placeholder={t('none')} className={styles.full ?? ''} options={facts.map(({ key }) => ({ value: key, label: key }))} onChange={(prefill) => change({ prefill })} />
          </Item>
        )}
      </fieldset>
      <fieldset className={styles.group}>
        <legend>{t('field.whenGroup')}</legend>
        <Item id={`${id}-when`} label={t('field.when')}>
          <Expression id={`${id}-when`} value={field.when ?? ''} placeholder="sex == 'female'" defect={at.when} onChange={(when) => change({ when })} />
        </Item>
        <Item id={`${id}-needWhen`} label={t('field.needWhen')}>
          <Expression id={`${id}-needWhen`} value={field.needWhen ?? ''} placeholder="temperature >= 38.0" defect={at.needWhen} onChange={(needWhen) => change({ needWhen })} />
        </Item>
        {counted.includes(field.kind) && (
          <Item id={`${id}-computed`} label={t('field.computed')}>
            <Expression id={`${id}-computed`} value={field.computed ?? ''} placeholder="height * 2" defect={at.computed} onChange={(computed) => change({ computed })} />
          </Item>
        )}
        {field.kind === 'decimal' && field.computed && (
          <Item id={`${id}-digits`} label={t('field.digits')} defect={at.digits}>
            <InputNumber id={`${id}-digits`} min={0} max={8} value={field.digits ?? 0} onChange={(digits) => change({ digits: digits ?? 0 })} />
          </Item>
        )}
      </fieldset>
    </div>
  );
}

/** A key is taken over when it is left, so that what is typed in between renames nothing. */
export function KeyInput({ id, value, onChange }: { id: string; value: string; onChange: (key: string) => void }) {
  const [typed, setTyped] = useState<string>();
  const leave = () => {
    const key = typed?.trim();
    if (key && key !== value) onChange(key);
    setTyped(undefined);
  };
  return <Input id={id} className={styles.code ?? ''} maxLength={40} value={typed ?? value} onChange={(event) => setTyped(event.target.value)} onBlur={leave} onPressEnter={leave} />;
}

function RangeInput({ id, label, value, onChange }: { id: string; label: string; value: Field['usual']; onChange: (value: Field['usual']) => void }) {
  const { t } = useTranslation('template');
  const change = (end: 'from' | 'to', text: string) => {
    const next = { ...value, [end]: text.trim() };
    const kept = Object.fromEntries(Object.entries(next).filter(([, one]) => one)) as NonNullable<Field['usual']>;
    onChange(kept.from || kept.to ? kept : undefined);
  };
  return (
    <div className={styles.range}>
      <Input id={id} aria-label={`${label} ${t('from')}`} value={value?.from ?? ''} onChange={(event) => change('from', event.target.value)} />
      <span aria-hidden="true">–</span>
      <Input aria-label={`${label} ${t('to')}`} value={value?.to ?? ''} onChange={(event) => change('to', event.target.value)} />
    </div>
  );
}

/** What is typed stays as typed; the form takes what can be read of it. */
function OptionsInput({ id, field, onChange }: { id: string; field: Field; onChange: (options: NonNullable<Field['options']>) => void }) {
  const [text, setText] = useState(() => optionsText(field));
  return (
    <GrowingText
      id={id}
      className={styles.code ?? ''}
      least={2}
      most={10}
      value={text}
      placeholder={'stable | 稳定 | Stable'}
      onChange={(event) => {
        setText(event.target.value);
        onChange(optionsOf(event.target.value));
      }}
    />
  );
}
