import { Checkbox, Form, Input, InputNumber, Segmented, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '@/kit/FormDialog';
import { useText } from '@/language/text';
import { shownFault, type Faults } from './faults';
import styles from './Output.module.css';
import type { Profile, Used } from './output';
import { QuotaLine } from './QuotaLine';

export interface Printing {
  copies: number;
  recipient?: string;
  case?: string;
  format: 'html' | 'pdf';
  hold?: boolean;
}

export interface PrintDialogProps {
  title: string;
  /** Those that serve the purpose of the reader, of which there is one at least. */
  profiles: Profile[];
  profile: Profile;
  onProfile: (profile: string) => void;
  used: Used | undefined;
  busy: boolean;
  /** Why it was not made. */
  refused: ReactNode;
  faults: Faults;
  onPrint: (printing: Printing) => void;
  onClose: () => void;
}

/** Asks for what a copy needs before it is made. */
export function PrintDialog({ title, profiles, profile, onProfile, used, busy, refused, faults, onPrint, onClose }: PrintDialogProps) {
  const { t } = useTranslation('output');
  const text = useText();
  const [hold, setHold] = useState(false);
  const needed = [{ required: true, whitespace: true, message: t('needed') }];
  return (
    <FormDialog<Printing>
      title={t('print.title', { title })}
      lead={t('print.lead')}
      submit={t(hold ? 'print.queue' : 'print.submit')}
      busy={busy}
      initial={{ copies: 1, format: 'html' }}
      onSubmit={(values) => onPrint({ ...values, hold })}
      onClose={onClose}
    >
      {refused}
      <Form.Item label={t('profile')} htmlFor="print-profile">
        <Select id="print-profile" value={profile.id} onChange={onProfile} options={profiles.map(({ id, name }) => ({ value: id, label: text(name) }))} />
        <QuotaLine used={used} />
      </Form.Item>
      {profile.recipient && (
        <Form.Item name="recipient" label={t('print.recipient')} rules={needed} {...shownFault(faults.recipient)}>
          <Input maxLength={80} />
        </Form.Item>
      )}
      {profile.case && (
        <Form.Item name="case" label={t('case')} rules={needed} {...shownFault(faults.case)}>
          <Input maxLength={60} placeholder={t('caseHint')} />
        </Form.Item>
      )}
      <div className={styles.row}>
        <Form.Item name="copies" label={t('print.copies')}>
          <InputNumber min={1} max={20} precision={0} />
        </Form.Item>
        <Form.Item name="format" label={t('format')}>
          <Segmented options={(['html', 'pdf'] as const).map((value) => ({ value, label: t(`print.formats.${value}`) }))} />
        </Form.Item>
      </div>
      <Checkbox checked={hold} onChange={(event) => setHold(event.target.checked)}>
        {t('print.hold', { count: profile.holdMinutes })}
      </Checkbox>
    </FormDialog>
  );
}
