import { useTranslation } from 'react-i18next';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import type { Tone } from '@/kit/tone';
import { When } from '@/kit/When';
import { CountsBar } from './CountsBar';
import { FindingList } from './FindingList';
import styles from './ReportView.module.css';
import type { Batch, FileReport } from './report';

const tones: Record<FileReport['state'], Tone> = { done: 'success', refused: 'error', running: 'info', failed: 'error' };

/** What became of an import, in all and file by file. */
export function ReportView({ batch, files }: { batch: Batch; files: FileReport[] }) {
  const { t } = useTranslation('intake');
  return (
    <Panel
      title={t('report.title', { source: batch.source })}
      extra={<When at={batch.started} as="second" />}
      className={styles.report}
    >
      <CountsBar counts={batch.total} />
      <ul className={styles.files}>
        {files.map((file, index) => (
          <li key={file.id ?? index}>
            <details>
              <summary>
                <Pill tone={tones[file.state]}>{t(`fileState.${file.state}`)}</Pill>
                <span className={styles.name}>{file.name}</span>
                <span className={styles.kind}>{t(`kind.${file.kind}`)}</span>
                <span className={styles.figures}>{t('report.figures', { ...file.counts })}</span>
                <span className={styles.found}>{file.findings.length + file.more > 0 && t('report.findings', { count: file.findings.length + file.more })}</span>
              </summary>
              {file.findings.length > 0 ? <FindingList findings={file.findings} more={file.more} /> : <p className={styles.none}>{t('report.clean')}</p>}
            </details>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
