import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Clock } from '@/kit/Clock';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { promiseTones, type Promised, type Undertaking } from './promise';

interface PromisesProps {
  title: string;
  rows: Promised[] | undefined;
  empty: string;
  /** Opens the text; whoever reads his own can sign there. */
  onRead: (undertaking: Undertaking) => void;
  mine?: boolean;
}

/** What somebody must have signed, how that stands, and until when. */
export function Promises({ title, rows, empty, onRead, mine }: PromisesProps) {
  const { t } = useTranslation('staff');
  const text = useText();
  const columns: Column<Promised>[] = [
    { key: 'title', title: t('undertakings.name'), render: ({ undertaking }) => text(undertaking.title) },
    { key: 'version', title: t('undertakings.version'), width: '90px', render: ({ undertaking }) => t('undertakings.versionOf', { version: undertaking.version }) },
    { key: 'state', title: t('undertakings.state'), width: '120px', render: ({ state }) => <Pill tone={promiseTones[state]}>{t(`undertakings.states.${state}`)}</Pill> },
    { key: 'signed', title: t('undertakings.signed'), width: '160px', render: ({ signed }) => (signed ? <When at={signed} /> : '–') },
    { key: 'until', title: t('undertakings.until'), width: '180px', render: ({ until, signed }) => (until ? <Clock deadline={until} {...(signed && { start: signed })} /> : '–') },
    {
      key: 'do',
      title: t('stays.do'),
      width: '120px',
      align: 'end',
      render: ({ undertaking, state }) => (
        <Button size="small" type={mine && state !== 'kept' ? 'primary' : 'default'} onClick={() => onRead(undertaking)}>
          {t(mine && state !== 'kept' ? 'undertakings.readAndSign' : 'undertakings.read')}
        </Button>
      ),
    },
  ];
  return (
    <Panel title={title} flush>
      <PlainTable label={title} columns={columns} rows={rows} rowKey={({ undertaking }) => undertaking.id} empty={empty} />
    </Panel>
  );
}
