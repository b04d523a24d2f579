import { AutoComplete, Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import styles from './Accesslog.module.css';
import { logFields, type LogMapping } from './accesslog';

interface MappingFieldsProps {
  mapping: LogMapping;
  /** Their words as they are being written: theirs=ours, one in a line. */
  actions: string;
  onChange: (mapping: LogMapping) => void;
  onActions: (text: string) => void;
}

const times = ['rfc3339', 'unix', 'unix-ms', 'yyyy-MM-dd HH:mm:ss', 'yyyy/MM/dd HH:mm:ss', 'yyyyMMddHHmmss'];

/** How the lines of a log are read. */
export function MappingFields({ mapping, actions, onChange, onActions }: MappingFieldsProps) {
  const { t } = useTranslation('accesslog');
  const change = (some: Partial<LogMapping>) => onChange({ ...mapping, ...some });
  const payload = mapping.payload === undefined || mapping.payload === '' ? 'pairs' : mapping.payload;
  const fields: Column<(typeof logFields)[number]>[] = [
    {
      key: 'ours',
      title: t('mapping.ours'),
      width: '200px',
      render: (id) => t(`mapping.field.${id}`),
    },
    {
      key: 'theirs',
      title: t('mapping.theirs'),
      render: (id) => (
        <Input size="small" aria-label={t(`mapping.field.${id}`)} maxLength={120} value={mapping.fields[id] ?? ''} onChange={({ target }) => change({ fields: { ...mapping.fields, [id]: target.value } })} />
      ),
    },
  ];
  return (
    <>
      <div className={styles.head}>
        <Form.Item label={t('mapping.format')} htmlFor="log-format">
          <Select
            id="log-format"
            value={mapping.format}
            options={(['csv', 'json', 'syslog'] as const).map((value) => ({ value, label: t(`mapping.formats.${value}`) }))}
            onChange={(format: LogMapping['format']) => change({ format, payload: format === 'syslog' ? payload : '' })}
          />
        </Form.Item>
        {mapping.format === 'syslog' && (
          <Form.Item label={t('mapping.payload')} htmlFor="log-payload">
            <Select id="log-payload" value={payload} options={(['pairs', 'json', 'audit'] as const).map((value) => ({ value, label: t(`mapping.payloads.${value}`) }))} onChange={(value: 'pairs' | 'json' | 'audit') => change({ payload: value })} />
          </Form.Item>
        )}
        {mapping.format === 'csv' && (
          <Form.Item label={t('mapping.delimiter')} htmlFor="log-delimiter">
            <Select id="log-delimiter" value={mapping.delimiter === undefined || mapping.delimiter === '' ? ',' : mapping.delimiter} options={[',', ';', '\t', '|'].map((value) => ({ value, label: value === '\t' ? t('mapping.tab') : value }))} onChange={(delimiter: string) => change({ delimiter })} />
          </Form.Item>
        )}
        <Form.Item label={t('mapping.encoding')} htmlFor="log-encoding">
          <Select id="log-encoding" value={mapping.encoding} options={(['auto', 'utf-8', 'gb18030'] as const).map((value) => ({ value, label: value === 'auto' ? t('mapping.auto') : value.toUpperCase() }))} onChange={(encoding: LogMapping['encoding']) => change({ encoding })} />
        </Form.Item>
        <Form.Item label={t('mapping.time')} htmlFor="log-time">
          <AutoComplete id="log-time" value={mapping.time} maxLength={60} options={times.map((value) => ({ value }))} onChange={(time: string) => change({ time })} />
        </Form.Item>
        <Form.Item label={t('mapping.zone')} htmlFor="log-zone">
          <Input id="log-zone" value={mapping.zone} maxLength={6} onChange={({ target }) => change({ zone: target.value })} />
        </Form.Item>
      </div>
      {mapping.format === 'csv' && (
        <Form.Item label={t('mapping.columns')} htmlFor="log-columns">
          <div className={styles.parts}>
            <Checkbox checked={mapping.header} onChange={({ target }) => change({ header: target.checked })}>
              {t('mapping.header')}
            </Checkbox>
            {!mapping.header && <Select id="log-columns" mode="tags" open={false} suffix={null} tokenSeparators={[',', '，']} value={mapping.columns} onChange={(columns: string[]) => change({ columns })} />}
          </div>
        </Form.Item>
      )}
      <PlainTable label={t('mapping.fields')} columns={fields} rows={[...logFields]} rowKey={(id) => id} empty="" />
      <div className={styles.head}>
        <Form.Item label={t('mapping.actions')} htmlFor="log-actions">
          <Input.TextArea id="log-actions" className={styles.mapping} autoSize={{ minRows: 3, maxRows: 8 }} value={actions} onChange={({ target }) => onActions(target.value)} />
        </Form.Item>
        <Form.Item label={t('mapping.failures')} htmlFor="log-failures">
          <Select id="log-failures" mode="tags" open={false} suffix={null} tokenSeparators={[',', '，']} value={mapping.failures} onChange={(failures: string[]) => change({ failures })} />
        </Form.Item>
      </div>
      <div className={styles.marks}>
        <Checkbox checked={mapping.numberedAccounts} onChange={({ target }) => change({ numberedAccounts: target.checked })}>
          {t('mapping.numbered')}
        </Checkbox>
        <Checkbox checked={mapping.sequence} onChange={({ target }) => change({ sequence: target.checked })}>
          {t('mapping.sequence')}
        </Checkbox>
      </div>
    </>
  );
}
