import { ColumnHeightOutlined, DownloadOutlined, SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Dropdown, Popover, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Column } from './column';
import styles from './DataTable.module.css';
import type { Remembered } from './remembered';

export type ExportFormat = 'csv' | 'xlsx';

interface ToolsProps<Row> {
  columns: Column<Row>[];
  shown: (column: Column<Row>) => boolean;
  remembered: Remembered;
  onChange: (change: Partial<Remembered>) => void;
  onExport: ((format: ExportFormat) => void) | undefined;
}

export function Tools<Row>({ columns, shown, remembered, onChange, onExport }: ToolsProps<Row>) {
  const { t } = useTranslation('kit');
  const roomy = remembered.density === 'comfortable';
  const choice = (
    <div className={styles.choice}>
      {columns.map((column) => (
        <Checkbox
          key={column.key}
          checked={shown(column)}
          disabled={column.fixed}
          onChange={(event) => onChange({ columns: { ...remembered.columns, [column.key]: event.target.checked } })}
        >
          {column.title}
        </Checkbox>
      ))}
      <Button size="small" onClick={() => onChange({ columns: {} })}>
        {t('table.columnsReset')}
      </Button>
    </div>
  );
  return (
    <div className={styles.tools}>
      {onExport && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'csv', label: t('table.exportCsv') },
              { key: 'xlsx', label: t('table.exportXlsx') },
              { type: 'divider' },
              { key: 'note', label: t('table.exportNote'), disabled: true },
            ],
            onClick: ({ key }) => onExport(key as ExportFormat),
          }}
        >
          <Button icon={<DownloadOutlined />}>{t('table.export')}</Button>
        </Dropdown>
      )}
      <Tooltip title={`${t('table.density')}：${t(roomy ? 'table.comfortable' : 'table.compact')}`}>
        <Button
          icon={<ColumnHeightOutlined />}
          aria-label={t('table.density')}
          aria-pressed={roomy}
          onClick={() => onChange({ density: roomy ? 'compact' : 'comfortable' })}
        />
      </Tooltip>
      <Popover trigger="click" placement="bottomRight" title={t('table.columnsTitle')} content={choice}>
        <Button icon={<SettingOutlined />} aria-label={t('table.columns')} />
      </Popover>
    </div>
  );
}
