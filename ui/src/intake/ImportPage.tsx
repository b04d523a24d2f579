import { InboxOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { classes } from '@/kit/classes';
import { LinkButton } from '@/kit/LinkButton';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import type { Column } from '@/kit/table/column';
import type { Tone } from '@/kit/tone';
import { When } from '@/kit/When';
import { CountsBar } from './CountsBar';
import { useRow } from '@/language/text';
import styles from './ImportPage.module.css';
import type { Batch, FileReport, Progress } from './report';
import { ReportView } from './ReportView';

export interface ImportPageProps {
  batches: TablePage<Batch>;
  /** The import that runs now. */
  progress?: Progress;
  /** What became of the import that was opened or has just ended. */
  report?: { batch: Batch; files: FileReport[] };
  /** Name of the sending system. */
  source: string;
  onSource: (source: string) => void;
  /** Absent where the reader cannot import. */
  onFiles?: (files: File[]) => void;
  /** The largest file in bytes. */
  limit: number;
  error?: string;
  onCancel?: () => void;
  onOpen: (batch: Batch) => void;
}

export function ImportPage(props: ImportPageProps) {
  const { batches, progress, report, source, onSource, limit, error, onFiles, onCancel, onOpen } = props;
  const { t } = useTranslation('intake');
  return (
    <Page>
      <PageHead
        title={t('page.title')}
        lead={t('page.lead')}
        actions={<LinkButton to="/imports/quarantine?state=waiting">{t('page.quarantine')}</LinkButton>}
      />
      <div className={styles.parts}>
        {error && <Notice tone="error">{error}</Notice>}
        {progress && <Running progress={progress} onCancel={onCancel} />}
        {!progress && onFiles && <Drop source={source} onSource={onSource} limit={limit} onFiles={onFiles} />}
        {report && <ReportView batch={report.batch} files={report.files} />}
        <Batches page={batches} current={report?.batch.id} imports={onFiles !== undefined} onOpen={onOpen} />
      </div>
    </Page>
  );
}

function Drop({ source, onSource, limit, onFiles }: Pick<Required<ImportPageProps>, 'source' | 'onSource' | 'limit' | 'onFiles'>) {
  const { t } = useTranslation('intake');
  const row = useRow();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [tooLarge, setTooLarge] = useState<string[]>([]);
  const [unnamed, setUnnamed] = useState(false);
  const take = (files: File[]) => {
    setUnnamed(!source.trim());
    if (!source.trim()) return;
    setTooLarge(files.filter((file) => file.size > limit).map((file) => file.name));
    const fitting = files.filter((file) => file.size <= limit);
    if (fitting.length > 0) onFiles(fitting);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take([...event.dataTransfer.files]);
  };
  return (
    <>
      <div
        className={classes(styles.drop, over && styles.over)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <InboxOutlined className={styles.icon} />
        <div>
          <p className={styles.lead}>{t('drop.lead')}</p>
          <p className={styles.note}>{t('drop.note', { limit: Math.floor(limit / 1024 / 1024) })}</p>
        </div>
        <label className={styles.source}>
          {t('source.label')}
          <Input
            value={source}
            maxLength={100}
            placeholder={t('source.hint')}
            status={unnamed ? 'error' : undefined}
            onChange={(event) => onSource(event.target.value)}
          />
          <span className={styles.fault} role="alert">
            {unnamed && t('source.missing')}
          </span>
        </label>
        <Button type="primary" onClick={() => input.current?.click()}>
          {t('drop.choose')}
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label={t('drop.choose')}
          accept=".json,.ndjson,.hl7,.txt,.er7,.xml"
          onChange={(event) => {
            take([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
      </div>
      {tooLarge.length > 0 && (
        <Notice tone="error" title={t('drop.tooLarge', { limit: Math.floor(limit / 1024 / 1024) })}>
          {row(tooLarge)}
        </Notice>
      )}
    </>
  );
}

function Running({ progress, onCancel }: { progress: Progress; onCancel: (() => void) | undefined }) {
  const { t } = useTranslation('intake');
  const share = progress.of > 0 ? progress.files / progress.of : undefined;
  return (
    <Panel title={t('running.title')} extra={onCancel && <Button onClick={onCancel}>{t('running.cancel')}</Button>}>
      <div className={styles.running} aria-live="polite">
        <p>
          {t('running.file', { file: progress.file })}
          <span className={styles.of}>{progress.of > 0 ? t('running.of', { done: progress.files, of: progress.of }) : t('running.done', { done: progress.files })}</span>
        </p>
        <div
          className={styles.track}
          role="progressbar"
          aria-label={t('running.title')}
          aria-valuemin={0}
          aria-valuemax={100}
          {...(share !== undefined && { 'aria-valuenow': Math.round(share * 100) })}
        >
          <span className={share === undefined ? styles.unknown : undefined} style={{ transform: `scaleX(${share ?? 0.3})` }} />
        </div>
        <CountsBar counts={progress.total} />
        <p className={styles.note}>{t('running.note')}</p>
      </div>
    </Panel>
  );
}

const stateTones: Record<Batch['state'], Tone> = { running: 'info', done: 'success', failed: 'error' };

interface BatchesProps {
  page: TablePage<Batch>;
  current: string | undefined;
  /** Whether the reader can import. */
  imports: boolean;
  onOpen: (batch: Batch) => void;
}

function Batches({ page, current, imports, onOpen }: BatchesProps) {
  const { t } = useTranslation('intake');
  const figure = (name: keyof Batch['total']): Column<Batch> => ({
    key: name,
    title: t(`counts.${name}`),
    width: '104px',
    align: 'end',
    render: (batch) => batch.total[name].toLocaleString('en'),
  });
  const columns: Column<Batch>[] = [
    { key: 'started', title: t('batch.started'), width: '160px', fixed: true, render: (batch) => <When at={batch.started} /> },
    { key: 'source', title: t('batch.source'), fixed: true, render: (batch) => batch.source },
    { key: 'state', title: t('batch.state'), width: '104px', render: (batch) => <Pill tone={stateTones[batch.state]}>{t(`state.${batch.state}`)}</Pill> },
    { key: 'files', title: t('batch.files'), width: '84px', align: 'end', render: (batch) => batch.files },
    figure('read'),
    figure('created'),
    figure('updated'),
    figure('unchanged'),
    figure('quarantined'),
  ];
  return (
    <DataTable
      name="imports"
      label={t('batch.title')}
      columns={columns}
      page={page}
      rowKey={(batch) => batch.id}
      onOpen={onOpen}
      {...(current && { current })}
      empty={{ title: t('batch.empty'), hint: t(imports ? 'batch.emptyHint' : 'batch.emptyForReaders') }}
    />
  );
}
