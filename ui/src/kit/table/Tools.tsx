import { ColumnHeightOutlined, SettingOutlined } from '@ant-design/icons';
import { Button, Popover, Tooltip } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from './column';
import styles from './DataTable.module.css';
import { Export } from './Export';
import type { Exported } from './exporting';
import type { Remembered } from './remembered';

const ColumnChoice = lazy(() => import('./ColumnChoice'));

interface ToolsProps<Row> {
  columns: Column<Row>[];
  shown: (column: Column<Row>) => boolean;
  remembered: Remembered;
  onChange: (change: Partial<Remembered>) => void;
  exported: Exported | undefined;
}

/** How a table looks, with the height of its rows and the choice of its columns, and how it leaves. */
export function Tools<Row>({ columns, shown, remembered, onChange, exported }: ToolsProps<Row>) {
  const { t } = useTranslation('kit');
  const roomy = remembered.density === 'comfortable';
  const choice = (
    <Suspense fallback={null}>
      <ColumnChoice
        columns={columns.map((column) => ({ ...column, shown: shown(column) }))}
        onShow={(key, chosen) => onChange({ columns: { ...remembered.columns, [key]: chosen } })}
        onReset={() => onChange({ columns: {} })}
      />
    </Suspense>
  );
  return (
    <div className={styles.tools}>
      {exported && <Export {...exported} />}
      <Tooltip title={`${t('table.density')} · ${t(roomy ? 'table.comfortable' : 'table.compact')}`}>
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
