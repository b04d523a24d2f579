import { Input } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Filled } from '@/form/filled';
import { FormView } from '@/form/FormView';
import { Form } from '@/kit/form/check';
import type { Definition } from '@/kit/form/definition';
import { Notice } from '@/kit/Notice';
import styles from './Template.module.css';

export type Facts = Record<string, unknown>;

interface PreviewProps {
  definition: Definition;
  filled: Filled;
  facts: Facts;
  onFilled: (filled: Filled) => void;
  onFacts: (facts: Facts) => void;
}

/** The form as whoever fills it in will see it, with what is assumed to be known. */
export default function Preview({ definition, filled, facts, onFilled, onFacts }: PreviewProps) {
  const { t } = useTranslation('template');
  const fresh = useMemo(() => compiled(definition), [definition]);
  const [last, setLast] = useState(fresh);
  if (fresh && fresh !== last) setLast(fresh);
  const form = fresh ?? last;
  return (
    <div className={styles.preview}>
      {!fresh && <Notice tone="warning">{t('preview.stale')}</Notice>}
      {(definition.facts ?? []).length > 0 && (
        <details className={styles.facts}>
          <summary>{t('preview.facts')}</summary>
          {(definition.facts ?? []).map(({ key, kind }) => (
            <label key={key} className={styles.fact}>
              <code>{key}</code>
              <Input size="small" placeholder={t(`kind.${kind}`)} value={asText(facts[key])} onChange={(event) => onFacts(withFact(facts, key, kind, event.target.value))} />
            </label>
          ))}
        </details>
      )}
      {form && <FormView form={form} filled={filled} facts={facts} onChange={onFilled} />}
    </div>
  );
}

function compiled(definition: Definition): Form | undefined {
  try {
    return new Form(definition);
  } catch {
    return undefined;
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value));

function withFact(facts: Facts, key: string, kind: string, text: string): Facts {
  const others = Object.fromEntries(Object.entries(facts).filter(([one]) => one !== key));
  if (text === '') return others;
  if (kind === 'integer' && /^-?[0-9]+$/.test(text)) return { ...others, [key]: Number(text) };
  if (kind === 'boolean' && (text === 'true' || text === 'false')) return { ...others, [key]: text === 'true' };
  return { ...others, [key]: text };
}
