import { Button, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import { requisitionKind } from './requisition-kind';

export type Requisition = Schemas['PatientRequisition'];
export type Doing = 'take-on' | 'answer' | 'call-off';

export interface RequisitionsProps {
  rows: Requisition[] | undefined;
  /** Who reads, by staff number, and the departments where he works, by their names. */
  reader: string;
  departments: string[];
  onDo: (doing: Doing, requisition: Requisition) => void;
  /** For those who may ask for something. */
  onAsk?: (() => void) | undefined;
  onMore?: (() => void) | undefined;
}

/** What others were asked to do for the patient, the newest first. */
export function Requisitions({ rows, reader, departments, onDo, onAsk, onMore }: RequisitionsProps) {
  const { t } = useTranslation('patient');
  const text = useText();
  const term = useTerm();
  const columns: Column<Requisition>[] = [
    { key: 'kind', title: t('requisition.kind'), width: '140px', render: ({ kind }) => t(`team.what.${requisitionKind(kind)}`) },
    { key: 'department', title: t('requisition.to'), render: ({ department }) => text(department) },
    { key: 'people', title: t('requisition.people'), render: ({ performers }) => performers?.map(({ person, role }) => `${text(person)}（${term('care', role)}）`).join(' ') },
    { key: 'by', title: t('requisition.by'), width: '110px', render: ({ askedBy, source }) => text(askedBy) || source },
    { key: 'state', title: t('requisition.state'), width: '100px', render: ({ state }) => <Pill tone={state === 'answered' ? 'success' : 'neutral'}>{t(`requisition.states.${state}`)}</Pill> },
    { key: 'until', title: t('team.until'), width: '150px', render: ({ until }) => <When at={until} /> },
    {
      key: 'do',
      title: t('requisition.do'),
      width: '220px',
      render: (requisition) => (
        <Space size="small">
          {doingsOf(requisition, reader, departments).map((doing) => (
            <Button key={doing} size="small" onClick={() => onDo(doing, requisition)}>
              {t(`requisition.doing.${doing}`)}
            </Button>
          ))}
        </Space>
      ),
    },
  ];
  return (
    <Panel
      title={t('requisition.title')}
      flush
      extra={
        <Space size="small">
          {onMore && <Button size="small" onClick={onMore}>{t('requisition.more')}</Button>}
          {onAsk && <Button size="small" type="primary" onClick={onAsk}>{t('asking.open')}</Button>}
        </Space>
      }
    >
      <PlainTable label={t('requisition.title')} columns={columns} rows={rows} rowKey={({ id }) => id} empty={t('requisition.empty')} />
    </Panel>
  );
}

/** What the reader may do: nobody takes on what he asked for himself. */
function doingsOf({ state, department, askedBy, performers }: Requisition, reader: string, departments: string[]): Doing[] {
  if (state === 'answered' || state === 'called-off') return [];
  const own = askedBy?.number === reader;
  const here = department !== undefined && departments.includes(department.zh);
  const named = (performers ?? []).some(({ person, given }) => given && person.number === reader);
  return [...(here && !own && !named ? (['take-on'] as const) : []), ...(here || named ? (['answer'] as const) : []), ...(own ? (['call-off'] as const) : [])];
}
