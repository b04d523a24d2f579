import { DownloadOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Code } from '@/kit/Code';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { sizeOf } from '@/recipient/recipient';
import { leaves, type Count, type Part, type SeenHandover } from './handover';

/** What an export holds: rows by table, and the parts with their digests. */
export function Inventory({ handover, carries }: { handover: SeenHandover; carries: boolean }) {
  const { t } = useTranslation('handover');
  const text = useText();
  const counts: Column<Count>[] = [
    { key: 'set', title: t('column.set'), render: ({ name }) => text(name) },
    { key: 'name', title: t('column.file'), render: ({ set }) => <code>{set}</code> },
    { key: 'rows', title: t('column.rows'), width: '120px', align: 'end', render: ({ rows }) => rows.toLocaleString() },
  ];
  const parts: Column<Part>[] = [
    { key: 'number', title: '#', width: '60px', align: 'end', render: ({ number }) => number },
    { key: 'bytes', title: t('column.bytes'), width: '90px', align: 'end', render: ({ bytes }) => sizeOf(bytes) },
    { key: 'sm3', title: 'SM3', render: ({ sm3 }) => <Code value={sm3} ends={8} copyable /> },
    { key: 'sha256', title: 'SHA-256', render: ({ sha256 }) => <Code value={sha256} ends={8} copyable /> },
    { key: 'made', title: t('column.made'), width: '150px', render: ({ made }) => <When at={made} as="second" /> },
    ...(carries && leaves(handover)
      ? [
          {
            key: 'fetch',
            title: '',
            width: '48px',
            render: ({ number }: Part) => (
              <a href={`/api/handovers/${handover.id}/parts/${number}`} download aria-label={t('fetch', { number })} title={t('fetch', { number })}>
                <DownloadOutlined />
              </a>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <Panel flush title={t('parts')} extra={t('partsOf', { count: handover.export.length })}>
        <PlainTable label={t('parts')} columns={parts} rows={handover.export} rowKey={({ number }) => String(number)} empty={t('noParts')} />
      </Panel>
      <Panel flush title={t('counts')} extra={t('rowsOf', { count: handover.rows })}>
        <PlainTable label={t('counts')} columns={counts} rows={handover.counts} rowKey={({ set }) => set} empty={t('noParts')} />
      </Panel>
    </>
  );
}
