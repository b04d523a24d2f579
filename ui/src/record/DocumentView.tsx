import { DiffOutlined, EditOutlined, EyeInvisibleOutlined, PrinterOutlined, SafetyCertificateOutlined, SendOutlined } from '@ant-design/icons';
import { Button, Select, Skeleton } from 'antd';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Code } from '@/kit/Code';
import { Notice } from '@/kit/Notice';
import { Paper } from '@/kit/Paper';
import { StatePill } from '@/kit/StatePill';
import { When } from '@/kit/When';
import { formatMinute } from '@/language/time';
import { useText } from '@/language/text';
import styles from './DocumentView.module.css';
import { useSubjectFacts, type Subject } from './facts';
import { SensitiveNotice } from './SensitiveNotice';
import { reportedOnly, statesOf } from './states';
import { useTitles } from './titles';

const DiffView = lazy(async () => ({ default: (await import('@/kit/diff/DiffView')).DiffView }));

const HeldBanner = lazy(() => import('@/amendment/HeldBanner'));

export type MedicalDocument = Schemas['RecordDocument'];

export interface DocumentViewProps {
  document: MedicalDocument;
  subject: Subject;
  organisation: string;
  /** The version that is compared with the one shown, once it is here. */
  compared?: MedicalDocument;
  onVersion: (version: number) => void;
  /** Undefined ends the comparison. */
  onCompare: (version: number | undefined) => void;
  /** Absent where the reader cannot. */
  onAmend?: () => void;
  onSign?: () => void;
  onPrint?: () => void;
  onForward?: () => void;
  onMarkSensitive?: () => void;
  onLiftSensitive?: () => void;
  /** Told that text was copied from the page. */
  onCopied?: () => void;
  busy?: boolean;
  /** What belongs to the version shown and stands below it. */
  children?: ReactNode;
}

export function DocumentView(props: DocumentViewProps) {
  const { document, subject, organisation, compared, onCopied, children } = props;
  const { t } = useTranslation('record');
  const facts = useSubjectFacts();
  const text = useText();
  const { glossed } = useTitles();
  const newest = document.shown === document.version;
  return (
    <div className={styles.view}>
      <Toolbar {...props} />
      <div className={styles.body} onCopy={onCopied}>
        {!newest && !compared && <Notice tone="warning">{t('view.older', { shown: document.shown, newest: document.version })}</Notice>}
        {document.holds.length > 0 && (
          <Suspense fallback={null}>
            <HeldBanner document={document} />
          </Suspense>
        )}
        <SensitiveNotice document={document} onLift={props.onLiftSensitive} />
        {document.seal && <Notice tone="error">{t(document.seal === 'dispute' ? 'view.disputeSeal' : 'view.attentionSeal')}</Notice>}
        {reportedOnly(document) && <Notice>{t('view.reported', { source: document.source })}</Notice>}
        {document.reason && !compared && (
          <Notice>
            {t('view.amended', { name: text(document.people[document.writtenBy]) || document.writtenBy, at: formatMinute(document.writtenAt) })}
            {document.reason}
          </Notice>
        )}
        {compared ? (
          <Suspense fallback={<Skeleton active />}>
            <DiffView
              before={{ label: <VersionLabel version={compared} />, sections: (compared.sections ?? []).map(glossed) }}
              after={{ label: <VersionLabel version={document} />, sections: (document.sections ?? []).map(glossed) }}
            />
          </Suspense>
        ) : (
          <Paper
            organisation={organisation}
            title={document.title}
            facts={facts(subject)}
            sections={(document.sections ?? []).map(glossed)}
            signatures={(document.signatures ?? []).map((signature) => ({
              name: text(document.people[signature.person]) || signature.person,
              role: t(`signatureRole.${signature.role}`),
              at: signature.at,
              valid: signature.valid,
              digest: document.digest,
            }))}
            version={document.shown}
          />
        )}
        {!compared && children}
      </div>
    </div>
  );
}

function VersionLabel({ version }: { version: MedicalDocument }) {
  const { t } = useTranslation('record');
  const text = useText();
  return (
    <span className={styles.side}>
      <strong>{t('version', { version: version.shown })}</strong>
      {text(version.people[version.writtenBy]) || version.writtenBy}
      <When at={version.writtenAt} />
      {version.reason && <span className={styles.reason}>{version.reason}</span>}
    </span>
  );
}

function Toolbar({ document, compared, onVersion, onCompare, onAmend, onSign, onPrint, onForward, onMarkSensitive, busy }: DocumentViewProps) {
  const { t } = useTranslation('record');
  const text = useText();
  const { ofDocument } = useTitles();
  const versions = document.versions ?? [];
  return (
    <header className={styles.toolbar}>
      <h2>{ofDocument(document)}</h2>
      <span className={styles.states}>
        {statesOf({ ...document, reported: reportedOnly(document) }).map((state) => (
          <StatePill key={state} state={state} />
        ))}
      </span>
      <span className={styles.digest} title={t('view.digest')}>
        <Code value={document.digest} ends={6} />
      </span>
      {versions.length > 1 && (
        <>
          <Select
            size="small"
            aria-label={t('view.versions')}
            value={document.shown}
            loading={busy}
            popupMatchSelectWidth={false}
            options={versions.map((one) => ({
              value: one.number,
              label: `${t('version', { version: one.number })} · ${text(document.people[one.author]) || one.author} · ${formatMinute(one.at)}`,
            }))}
            labelRender={({ value }) => t('version', { version: value as number })}
            onChange={onVersion}
          />
          <Button
            size="small"
            icon={<DiffOutlined />}
            aria-pressed={compared !== undefined}
            onClick={() => onCompare(compared ? undefined : Math.max(1, document.shown === 1 ? 2 : document.shown - 1))}
          >
            {t(compared ? 'view.endCompare' : 'view.compare')}
          </Button>
        </>
      )}
      {onPrint && (
        <Button size="small" icon={<PrinterOutlined />} onClick={onPrint}>
          {t('view.print')}
        </Button>
      )}
      {onMarkSensitive && (
        <Button size="small" icon={<EyeInvisibleOutlined />} onClick={onMarkSensitive}>
          {t('sensitive.mark')}
        </Button>
      )}
      {onForward && (
        <Button size="small" icon={<SendOutlined />} onClick={onForward}>
          {t('view.forward')}
        </Button>
      )}
      {onAmend && (
        <Button size="small" icon={<EditOutlined />} onClick={onAmend}>
          {t('view.amend')}
        </Button>
      )}
      {onSign && (
        <Button size="small" type="primary" icon={<SafetyCertificateOutlined />} onClick={onSign} loading={busy}>
          {t('view.sign')}
        </Button>
      )}
    </header>
  );
}
