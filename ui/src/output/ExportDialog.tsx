import { Checkbox, Form, Input, Segmented, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '@/kit/FormDialog';
import { Notice } from '@/kit/Notice';
import { Pill } from '@/kit/Pill';
import { useRow, useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import styles from './Output.module.css';
import type { List, Profile, Used } from './output';
import { shownFault, type Faults } from './faults';
import { QuotaLine } from './QuotaLine';
import { useFilterWords } from './use-filter-words';

export interface Exporting {
  columns: string[];
  format: 'csv' | 'xlsx';
  case?: string;
  unmasked?: boolean;
  words?: string;
}

export interface ExportDialogProps {
  list: List;
  /** How it is narrowed on the screen; the file is too. */
  filter: Record<string, string>;
  /** Filters of the screen that the file does not follow. */
  dropped: string[];
  departments: Departments;
  /** Those that serve the purpose of the reader. */
  profiles: Profile[];
  profile: Profile;
  onProfile: (profile: string) => void;
  used: Used | undefined;
  busy: boolean;
  refused: ReactNode;
  /** What is wrong with the fields. */
  faults: Faults;
  onExport: (exporting: Exporting) => void;
  onClose: () => void;
}

/** Asks what of a list is to leave, and why. What tells who somebody is leaves masked unless a reason is given. */
export function ExportDialog({ list, filter, dropped, departments, profiles, profile, onProfile, used, busy, refused, faults, onExport, onClose }: ExportDialogProps) {
  const { t } = useTranslation('output');
  const text = useText();
  const row = useRow();
  const [unmasked, setUnmasked] = useState(false);
  const columns = list.columns ?? [];
  const sensitive = columns.filter((column) => column.sensitive);
  const { nameOf, said } = useFilterWords(departments);
  const narrowed = said(filter);
  return (
    <FormDialog<Exporting>
      title={t('export.title', { list: text(list.name) })}
      lead={narrowed.length > 0 ? t('export.narrowed', { filters: row(narrowed) }) : t('export.whole')}
      submit={t('export.submit')}
      width={560}
      busy={busy}
      initial={{ columns: columns.map(({ id }) => id), format: 'xlsx' }}
      onSubmit={(values) => onExport({ ...values, unmasked })}
      onClose={onClose}
    >
      {refused}
      {dropped.length > 0 && <Notice tone="warning">{t('export.dropped', { filters: row(dropped.map(nameOf)) })}</Notice>}
      <Form.Item label={t('profile')} htmlFor="export-profile">
        <Select id="export-profile" value={profile.id} onChange={onProfile} options={profiles.map(({ id, name }) => ({ value: id, label: text(name) }))} />
        <QuotaLine used={used} />
      </Form.Item>
      <Form.Item name="case" label={t(profile.case ? 'case' : 'caseOptional')} extra={profile.case && t('caseNote')} {...shownFault(faults.case)}>
        <Input maxLength={60} placeholder={t('caseHint')} />
      </Form.Item>
      <Form.Item name="columns" label={t('export.columns')} rules={[{ validator: (_rule, chosen: string[]) => (chosen.length > 0 ? Promise.resolve() : Promise.reject(new Error(t('export.noColumn')))) }]}>
        <Checkbox.Group className={styles.choices}>
          {columns.map(({ id, name, sensitive: hidden }) => (
            <Checkbox key={id} value={id}>
              {text(name)} {hidden && <Pill tone={unmasked ? 'error' : 'neutral'}>{t(unmasked ? 'export.shown' : 'export.masked')}</Pill>}
            </Checkbox>
          ))}
        </Checkbox.Group>
      </Form.Item>
      {sensitive.length > 0 && (
        <Checkbox checked={unmasked} onChange={(event) => setUnmasked(event.target.checked)}>
          {t('export.unmask')}
        </Checkbox>
      )}
      {unmasked && (
        <Form.Item name="words" label={t('export.words')} rules={[{ required: true, whitespace: true, message: t('export.wordsMissing') }]} {...shownFault(faults.words)}>
          <Input.TextArea rows={2} maxLength={500} placeholder={t('export.wordsHint')} />
        </Form.Item>
      )}
      <Form.Item name="format" label={t('format')}>
        <Segmented options={[{ value: 'xlsx', label: 'Excel' }, { value: 'csv', label: 'CSV' }]} />
      </Form.Item>
      <p className={styles.hint}>{t('export.threshold', { count: profile.threshold })}</p>
    </FormDialog>
  );
}
