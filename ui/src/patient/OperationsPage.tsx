import { Button, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Page } from '@/app/Page';
import { Code } from '@/kit/Code';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useRow, useText, type Text } from '@/language/text';
import { FileField } from '@/staff/FileField';
import type { ListedRow } from './operation-list';
import styles from './OperationsPage.module.css';

/** A row of the file with what the server says of it. */
export type JudgedRow = ListedRow & { line?: Schemas['PatientPlannedLine'] | undefined };

export interface OperationsPageProps {
  /** Where the reader may plan operations, by id. */
  theatres: { id: string; name: Text }[];
  theatre: string | undefined;
  onTheatre: (id: string) => void;
  file: File | undefined;
  rows: JudgedRow[] | undefined;
  /** The rows were taken in; before that they are a preview. */
  taken: boolean;
  busy: boolean;
  error?: string | undefined;
  onFile: (file: File | undefined) => void;
  onTake: () => void;
  onDrop: () => void;
}

/** Takes the operation list of a theatre in: what would become of each row is shown before. */
export function OperationsPage(props: OperationsPageProps) {
  const { theatres, theatre, onTheatre, file, rows, error, onFile } = props;
  const { t } = useTranslation('patient');
  const text = useText();
  return (
    <Page>
      <PageHead title={t('operations.title')} lead={t('operations.lead')} />
      <div className={styles.parts}>
        {error && <Notice tone="error">{error}</Notice>}
        {rows ? (
          <Rows {...props} rows={rows} />
        ) : (
          <Panel>
            <Form layout="vertical" className={styles.form}>
              <Form.Item label={t('operations.theatre')} htmlFor="theatre">
                <Select id="theatre" value={theatre} onChange={onTheatre} options={theatres.map(({ id, name }) => ({ value: id, label: text(name) }))} />
              </Form.Item>
              <Form.Item label={t('operations.file')} extra={t('operations.columns')}>
                <FileField accept=".xlsx,.csv" label={t('operations.file')} {...(file && { value: file })} onChange={onFile} />
              </Form.Item>
            </Form>
          </Panel>
        )}
      </div>
    </Page>
  );
}

const judgement = ({ slip, line }: JudgedRow) => (slip || line?.problem ? 'wrong' : line?.known ? 'moved' : 'new');

function Rows({ rows, file, taken, busy, onTake, onDrop }: OperationsPageProps & { rows: JudgedRow[] }) {
  const { t } = useTranslation('patient');
  const wrong = rows.filter((row) => judgement(row) === 'wrong').length;
  const right = rows.length - wrong;
  const columns = useColumns(taken);
  return (
    <>
      {taken ? (
        <Notice tone={wrong > 0 ? 'warning' : 'success'}>{t('operations.taken', { right, wrong })}</Notice>
      ) : (
        wrong > 0 && <Notice tone="warning">{t('operations.someWrong', { right, wrong })}</Notice>
      )}
      <Panel
        flush
        title={t(taken ? 'operations.result' : 'operations.preview', { file: file?.name, count: rows.length })}
        extra={
          <div className={styles.buttons}>
            <Button onClick={onDrop}>{t('operations.other')}</Button>
            {!taken && (
              <Button type="primary" disabled={right === 0} loading={busy} onClick={onTake}>
                {t('operations.take', { count: right })}
              </Button>
            )}
          </div>
        }
      >
        <PlainTable label={t('operations.rows')} columns={columns} rows={rows} rowKey={({ row }) => String(row)} empty={t('operations.none')} />
      </Panel>
    </>
  );
}

function useColumns(taken: boolean): Column<JudgedRow>[] {
  const { t } = useTranslation('patient');
  const problem = useProblem();
  const done = { wrong: 'error', new: 'success', moved: 'info' } as const;
  return [
    { key: 'row', title: t('operations.row'), width: '80px', render: ({ row }) => t('operations.rowOf', { row }) },
    { key: 'number', title: t('operations.number'), width: '130px', render: ({ number }) => number && <Code value={number} /> },
    { key: 'record', title: t('column.number'), width: '140px', render: ({ operation }) => operation?.recordNumber && <Code value={operation.recordNumber} /> },
    { key: 'patient', title: t('column.name'), width: '100px', render: ({ line }) => line?.called },
    { key: 'planned', title: t('operations.planned'), width: '160px', render: ({ operation }) => operation && <When at={operation.planned} /> },
    { key: 'people', title: t('requisition.people'), width: '90px', align: 'end', render: ({ operation }) => operation && t('operations.people', { count: operation.performers?.length ?? 0 }) },
    {
      key: 'outcome',
      title: t('operations.outcome'),
      render: (row) => {
        const judged = judgement(row);
        return (
          <span className={styles.outcome}>
            <Pill tone={done[judged]}>{t(taken && judged !== 'wrong' ? 'operations.done' : `operations.judged.${judged}`)}</Pill>
            {judged === 'wrong' && <span>{problem(row)}</span>}
          </span>
        );
      },
    },
  ];
}

/** Says what is wrong with a row, and with which of its people. */
function useProblem(): (row: JudgedRow) => string {
  const { t } = useTranslation('patient');
  const text = useText();
  const row = useRow();
  const whom = (path: string, { operation }: JudgedRow) => {
    const place = /^performers\[(\d+)\]/.exec(path)?.[1];
    return place === undefined ? '' : (operation?.performers?.[Number(place)]?.person ?? '');
  };
  return (judged) => {
    if (judged.slip) return t(`operations.slips.${judged.slip}`);
    const fields = (judged.line?.fields ?? []).map(({ path, problem }) => [whom(path, judged), text(problem)].filter(Boolean).join(' '));
    return fields.length > 0 ? row(fields) : text(judged.line?.problem);
  };
}
