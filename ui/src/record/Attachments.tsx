import { DownloadOutlined, EyeOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { Code } from '@/kit/Code';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import { useProfiles } from '@/output/use-profiles';
import { AttachmentShown } from './AttachmentShown';
import styles from './Attachments.module.css';

const TakeAttachment = lazy(() => import('@/output/TakeAttachment'));

export type Attachment = Schemas['RecordAttachment'];

interface OfVersion {
  document: string;
  version: number;
}

/** What came with a version of a document and is not text. Looking at it is on account, so it waits to be asked for. */
export function Attachments({ document, version, count }: OfVersion & { count: number }) {
  const { t } = useTranslation('record');
  const [open, setOpen] = useState(false);
  return (
    <Panel
      flush
      title={t('attachments.title', { count })}
      extra={
        <Button size="small" icon={<PaperClipOutlined />} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'attachments.close' : 'attachments.open')}
        </Button>
      }
    >
      {open && <Listed key={`${document}/${version}`} document={document} version={version} />}
    </Panel>
  );
}

function Listed({ document, version }: OfVersion) {
  const { t } = useTranslation('record');
  const fault = useFault();
  const [shown, setShown] = useState<Attachment>();
  const [taken, setTaken] = useState<Attachment>();
  const { profiles } = useProfiles('exports');
  const listed = queries.useQuery('get', '/api/documents/{id}/attachments', { params: { path: { id: document }, query: { version } } }, { gcTime: 0 });
  if (listed.error) {
    return (
      <div className={styles.told}>
        <Notice tone="error">{fault(listed.error)}</Notice>
      </div>
    );
  }
  return (
    <>
      <PlainTable<Attachment>
        label={t('attachments.caption')}
        rows={listed.data?.items ?? undefined}
        rowKey={(one) => String(one.number)}
        empty={t('attachments.none')}
        columns={[
          { key: 'number', title: t('attachments.number'), width: '72px', render: (one) => one.number },
          { key: 'kind', title: t('attachments.kind'), render: (one) => <KindOf attachment={one} /> },
          { key: 'size', title: t('attachments.size'), width: '110px', align: 'end', render: ({ size }) => sizeOf(size) },
          { key: 'digest', title: t('attachments.digest'), width: '190px', render: ({ digest }) => <Code value={digest} ends={6} /> },
          {
            key: 'doing',
            title: '',
            width: '190px',
            align: 'end',
            render: (one) => (
              <span className={styles.doing}>
                {one.shown && (
                  <Button size="small" icon={<EyeOutlined />} aria-pressed={shown === one} onClick={() => setShown(shown === one ? undefined : one)}>
                    {t(shown === one ? 'attachments.hide' : 'attachments.show')}
                  </Button>
                )}
                {one.media && profiles?.[0] && (
                  <Button size="small" icon={<DownloadOutlined />} onClick={() => setTaken(one)}>
                    {t('attachments.take')}
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
      {shown && <AttachmentShown key={shown.number} document={document} version={version} attachment={shown} />}
      {taken && profiles?.[0] && (
        <Suspense fallback={null}>
          <TakeAttachment document={document} version={version} number={taken.number} profiles={profiles} onClose={() => setTaken(undefined)} />
        </Suspense>
      )}
    </>
  );
}

/** What it is by its bytes; where that is unknown, or not what its source says, both are told. */
function KindOf({ attachment: { media, declared } }: { attachment: Attachment }) {
  const { t } = useTranslation('record');
  if (!media) return <span className={styles.unknown}>{t('attachments.unknown', { declared: declared || '—' })}</span>;
  return (
    <>
      {t(`attachments.media.${wordOf(media)}`)}
      {declared !== media && <span className={styles.declared}>{t('attachments.declared', { declared: declared || '—' })}</span>}
    </>
  );
}

const words = { 'application/pdf': 'pdf', 'application/dicom': 'dicom', 'application/xml': 'xml' } as const;

const wordOf = (media: string) => (media in words ? words[media as keyof typeof words] : 'image');

const aKibibyte = 1024;

function sizeOf(bytes: number): string {
  const kibibytes = bytes / aKibibyte;
  return kibibytes < aKibibyte ? `${Math.ceil(kibibytes)} KiB` : `${(kibibytes / aKibibyte).toFixed(1)} MiB`;
}
