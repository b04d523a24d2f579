import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { useText } from '@/language/text';
import { writtenOf, type FieldOfShape, type Written } from './feed';
import styles from './Feed.module.css';

interface FieldRulesProps {
  fields: FieldOfShape[];
  written: Record<string, Written>;
  /** The columns that a dry run has found. */
  has: string[];
  onWrite: (field: string, rule: Written) => void;
}

/** Of each of our fields, which columns become it. */
export function FieldRules({ fields, written, has, onWrite }: FieldRulesProps) {
  const { t } = useTranslation('feed');
  const text = useText();
  const of = (field: string) => written[field] ?? writtenOf(undefined);
  const columns: Column<FieldOfShape>[] = [
    {
      key: 'field',
      title: t('rules.field'),
      width: '170px',
      render: ({ name, required }) => (
        <>
          {text(name)} {required && <span className={styles.required}>{t('rules.required')}</span>}
        </>
      ),
    },
    {
      key: 'columns',
      title: t('rules.columns'),
      render: ({ id, name }) => (
        <Select
          mode="tags"
          size="small"
          className={styles.wide}
          maxCount={4}
          aria-label={`${text(name)} ${t('rules.columns')}`}
          value={of(id).columns}
          options={has.map((value) => ({ value, label: value }))}
          onChange={(picked: string[]) => onWrite(id, { ...of(id), columns: picked })}
        />
      ),
    },
    {
      key: 'constant',
      title: t('rules.constant'),
      width: '150px',
      render: ({ id, name, values }) =>
        values ? (
          <Select
            size="small"
            allowClear
            className={styles.wide}
            aria-label={`${text(name)} ${t('rules.constant')}`}
            disabled={of(id).columns.length > 0}
            value={of(id).constant || undefined}
            options={values.map((value) => ({ value, label: value }))}
            onChange={(constant: string | undefined) => onWrite(id, { ...of(id), constant: constant ?? '' })}
          />
        ) : (
          <Input size="small" aria-label={`${text(name)} ${t('rules.constant')}`} disabled={of(id).columns.length > 0} value={of(id).constant} maxLength={200} onChange={({ target }) => onWrite(id, { ...of(id), constant: target.value })} />
        ),
    },
    {
      key: 'codes',
      title: t('rules.codes'),
      width: '230px',
      render: ({ id, name, form, values }) =>
        form === 'code' && (
          <Input.TextArea
            className={styles.codes}
            aria-label={`${text(name)} ${t('rules.codes')}`}
            autoSize={{ minRows: 1, maxRows: 5 }}
            placeholder={`?=${values?.[0] ?? ''}`}
            value={of(id).codes}
            onChange={({ target }) => onWrite(id, { ...of(id), codes: target.value })}
          />
        ),
    },
  ];
  return <PlainTable label={t('rules.title')} columns={columns} rows={fields} rowKey={({ id }) => id} empty="" />;
}
