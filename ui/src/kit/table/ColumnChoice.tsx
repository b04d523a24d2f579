import { Button, Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './DataTable.module.css';

interface ColumnChoiceProps {
  columns: { key: string; title: string; fixed?: boolean; shown: boolean }[];
  onShow: (key: string, shown: boolean) => void;
  onReset: () => void;
}

/** Which columns of a table are shown. */
export default function ColumnChoice({ columns, onShow, onReset }: ColumnChoiceProps) {
  const { t } = useTranslation('kit');
  return (
    <div className={styles.choice}>
      {columns.map(({ key, title, fixed, shown }) => (
        <Checkbox key={key} checked={shown} disabled={fixed} onChange={(event) => onShow(key, event.target.checked)}>
          {title}
        </Checkbox>
      ))}
      <Button size="small" onClick={onReset}>
        {t('table.columnsReset')}
      </Button>
    </div>
  );
}
