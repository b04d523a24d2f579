import { Button, Popconfirm, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Schemas } from '@/api/client';
import { Page } from '@/app/Page';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import styles from './PatientSearch.module.css';

export type Item = Schemas['PatientItem'];

export interface WorklistPageProps {
  page: TablePage<Item>;
  /** Whether the reader may hand work out, and so sees that of the office. */
  assigns: boolean;
  onEnd: (item: Item) => void;
}

/** The records that somebody is to code, file or check. `of` stands in the address. */
export function WorklistPage({ page, assigns, onEnd }: WorklistPageProps) {
  const { t } = useTranslation('patient');
  const navigate = useNavigate();
  const address = useTableAddress();
  const columns = useColumns(onEnd);
  const of = address.filters.of === 'office' ? 'office' : 'mine';
  const own = of === 'mine';
  return (
    <Page fixed>
      <PageHead title={t('worklist.title')} lead={t('worklist.lead')} />
      <div className={styles.list}>
        {assigns && (
          <Segmented
            value={of}
            aria-label={t('worklist.whose')}
            options={(['mine', 'office'] as const).map((value) => ({ value, label: t(`worklist.of.${value}`) }))}
            onChange={(next) => address.setFilter('of', next === 'mine' ? undefined : next)}
          />
        )}
        <DataTable
          name="worklist"
          label={t('worklist.title')}
          columns={columns}
          page={page}
          rowKey={({ id }) => id}
          {...(own && { rowHref: ({ patient }: Item) => `/patients/${patient}`, onOpen: ({ patient }: Item) => void navigate(`/patients/${patient}`) })}
          empty={{ title: t('worklist.empty'), hint: t('worklist.emptyHint') }}
        />
      </div>
    </Page>
  );
}

function useColumns(onEnd: (item: Item) => void): Column<Item>[] {
  const { t } = useTranslation('patient');
  const text = useText();
  return [
    { key: 'patient', title: t('column.name'), fixed: true, width: '150px', render: ({ called }) => called },
    { key: 'number', title: t('column.number'), width: '150px', render: ({ recordNumber }) => recordNumber && <Code value={recordNumber} /> },
    { key: 'task', title: t('worklist.task'), width: '120px', render: ({ task }) => <Pill>{t(`worklist.tasks.${task}`)}</Pill> },
    { key: 'person', title: t('worklist.person'), render: ({ name }) => text(name) },
    { key: 'due', title: t('worklist.due'), width: '190px', render: ({ due, since }) => <Clock deadline={due} start={since} /> },
    { key: 'until', title: t('worklist.until'), width: '170px', render: ({ until }) => <When at={until} /> },
    {
      key: 'end',
      title: t('worklist.end'),
      width: '110px',
      render: (item) => (
        <span onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()} role="presentation">
          <Popconfirm title={t('worklist.endTitle')} okText={t('worklist.end')} cancelText={t('worklist.keep')} onConfirm={() => onEnd(item)}>
            <Button size="small">{t('worklist.end')}</Button>
          </Popconfirm>
        </span>
      ),
    },
  ];
}
