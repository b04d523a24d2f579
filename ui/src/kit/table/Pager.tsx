import { LeftOutlined, RightOutlined, VerticalRightOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { pageSizes, type TableAddress } from './address';
import styles from './DataTable.module.css';

export interface Count {
  n: number;
  /** There are more than n. */
  more: boolean;
}

interface PagerProps {
  address: TableAddress;
  here: number;
  next: string | undefined;
  count: Count | undefined;
}

export function Pager({ address, here, next, count }: PagerProps) {
  const { t } = useTranslation('kit');
  const total = count?.more
    ? t('table.rowsAtLeast', { n: count.n.toLocaleString('en') })
    : t(count ? 'table.rows' : 'table.rowsHere', { count: count?.n ?? here });
  return (
    <footer className={styles.pager}>
      <span className={styles.total}>{total}</span>
      <span className={styles.keys}>{t('table.keys')}</span>
      <Select
        size="small"
        aria-label={t('table.pageSize', { size: address.limit })}
        value={address.limit}
        options={pageSizes.map((size) => ({ value: size, label: t('table.pageSize', { size }) }))}
        onChange={address.setLimit}
      />
      <Button size="small" icon={<VerticalRightOutlined />} aria-label={t('table.first')} disabled={address.cursor === undefined} onClick={address.first} />
      <Button size="small" icon={<LeftOutlined />} disabled={address.turned === 0} onClick={address.previous}>
        {t('table.previous')}
      </Button>
      <Button size="small" icon={<RightOutlined />} iconPlacement="end" disabled={!next} onClick={() => next && address.next(next)}>
        {t('table.next')}
      </Button>
    </footer>
  );
}
