import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { Clock } from '@/kit/Clock';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { useText, type Text } from '@/language/text';
import type { Bar } from './seal';

interface BarsProps {
  bars: Bar[] | undefined;
  people: Record<string, Text>;
  patientName: (id: string) => string;
  onAdd: () => void;
  onLift: (bar: Bar) => void;
}

/** Who is kept away from whom, and until when. */
export function Bars({ bars, people, patientName, onAdd, onLift }: BarsProps) {
  const { t } = useTranslation('seal');
  const text = useText();
  const columns: Column<Bar>[] = [
    { key: 'person', title: t('bars.person'), width: '160px', render: ({ person }) => text(people[person]) || `…${person.slice(-4)}` },
    { key: 'patient', title: t('patient'), width: '180px', render: ({ patient }) => patientName(patient) },
    { key: 'cause', title: t('bars.cause'), render: ({ cause }) => t(`bars.causes.${cause}`) },
    { key: 'until', title: t('until'), width: '200px', render: ({ since, until }) => <Clock deadline={until} start={since} /> },
    {
      key: 'do',
      title: '',
      width: '96px',
      align: 'end',
      render: (bar) => (
        <Popconfirm title={t('bars.liftTitle')} okText={t('bars.lift')} cancelText={t('no')} onConfirm={() => onLift(bar)}>
          <Button size="small">{t('bars.lift')}</Button>
        </Popconfirm>
      ),
    },
  ];
  return (
    <Panel
      flush
      title={t('bars.title')}
      extra={
        <Button size="small" onClick={onAdd}>
          {t('bars.add')}
        </Button>
      }
    >
      <PlainTable label={t('bars.title')} columns={columns} rows={bars} rowKey={({ id }) => id} empty={t('bars.empty')} />
    </Panel>
  );
}
