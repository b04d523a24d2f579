import { Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import type { Qualification, QualificationKind } from './qualification';

interface QualificationsProps {
  rows: Qualification[] | undefined;
  actions?: ReactNode;
  /** Absent where the reader may not withdraw any. */
  onEnd?: ((qualification: Qualification) => void) | undefined;
}

/** The licences and titles of a person, each until a day. */
export function Qualifications({ rows, actions, onEnd }: QualificationsProps) {
  const { t } = useTranslation('staff');
  const columns: Column<Qualification>[] = [
    { key: 'kind', title: t('qualifications.kind'), render: ({ kind }) => t(`qualifications.kinds.${kind as QualificationKind}`) },
    { key: 'number', title: t('qualifications.number'), render: ({ number }) => <Code value={number} /> },
    { key: 'issuer', title: t('qualifications.issuer'), render: ({ issuer }) => issuer || '–' },
    { key: 'until', title: t('qualifications.until'), width: '130px', render: ({ until }) => <When at={until} as="day" /> },
    {
      key: 'state',
      title: t('qualifications.state'),
      width: '170px',
      render: (one) => (one.live ? <Clock deadline={one.until} start={one.since} /> : <Pill tone="error">{t('qualifications.over')}</Pill>),
    },
    {
      key: 'do',
      title: '',
      width: '96px',
      align: 'end',
      render: (one) =>
        one.live &&
        onEnd && (
          <Popconfirm title={t('qualifications.endTitle')} description={t('qualifications.endNote')} okText={t('qualifications.end')} cancelText={t('keep')} onConfirm={() => onEnd(one)}>
            <Button size="small">{t('qualifications.end')}</Button>
          </Popconfirm>
        ),
    },
  ];
  return (
    <Panel title={t('qualifications.title')} extra={actions} flush>
      <PlainTable label={t('qualifications.title')} columns={columns.filter(({ key }) => key !== 'do' || onEnd)} rows={rows} rowKey={({ id }) => id} empty={t('qualifications.empty')} />
    </Panel>
  );
}
