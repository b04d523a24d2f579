import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Waiting } from '@/app/Waiting';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import type { Comparison, SeenHandover } from './handover';

const Differences = lazy(() => import('./Differences'));

/** Every time that the house was compared with what was carried, and what was found. */
export function Compared({ handover }: { handover: SeenHandover }) {
  const { t } = useTranslation('handover');
  const person = usePerson(handover.names);
  const [open, setOpen] = useState<number>();
  const amiss = ({ missing, gone }: Comparison) => missing + gone;
  const columns: Column<Comparison>[] = [
    { key: 'at', title: t('column.comparedAt'), width: '160px', render: ({ at }) => <When at={at} as="second" /> },
    { key: 'run', title: t('column.run'), width: '80px', align: 'end', render: ({ run }) => run },
    { key: 'compared', title: t('column.compared'), width: '120px', align: 'end', render: ({ compared }) => compared.toLocaleString() },
    { key: 'missing', title: t('column.missing'), width: '100px', align: 'end', render: ({ missing }) => missing.toLocaleString() },
    { key: 'gone', title: t('column.gone'), width: '100px', align: 'end', render: ({ gone }) => gone.toLocaleString() },
    { key: 'by', title: t('column.by'), width: '110px', render: ({ by }) => person(by) },
    {
      key: 'found',
      title: t('column.outcome'),
      render: (one) =>
        amiss(one) === 0 ? (
          <Pill tone="success">{t('same')}</Pill>
        ) : (
          <Button size="small" aria-expanded={open === one.number} onClick={() => setOpen(open === one.number ? undefined : one.number)}>
            {t('differences', { count: amiss(one) })}
          </Button>
        ),
    },
  ];
  return (
    <>
      <Panel flush title={t(handover.ground === 'rehearsal' ? 'readBack' : 'comparisons')}>
        <PlainTable label={t('comparisons')} columns={columns} rows={handover.comparisons} rowKey={({ number }) => String(number)} empty={t('noComparison')} />
      </Panel>
      {open !== undefined && (
        <Panel flush title={t('difference.title')}>
          <Suspense fallback={<Waiting />}>
            <Differences id={handover.id} comparison={open} counts={handover.counts} />
          </Suspense>
        </Panel>
      )}
    </>
  );
}
