import { Skeleton } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Notice } from '@/kit/Notice';
import type { Attachment } from './Attachments';
import styles from './Attachments.module.css';

const PdfPages = lazy(async () => ({ default: (await import('./PdfPages')).PdfPages }));

interface AttachmentShownProps {
  document: string;
  version: number;
  attachment: Attachment;
}

/** The bytes of an image or a PDF. They are drawn and never run, and are gone with the page. */
export function AttachmentShown({ document, version, attachment: { number, media } }: AttachmentShownProps) {
  const { t } = useTranslation('record');
  const fault = useFault();
  const { data, error } = queries.useQuery(
    'get',
    '/api/documents/{id}/attachments/content',
    { params: { path: { id: document }, query: { version, number } }, parseAs: 'blob' },
    { gcTime: 0, staleTime: Infinity },
  );
  if (error) {
    return (
      <div className={styles.told}>
        <Notice tone="error">{fault(error)}</Notice>
      </div>
    );
  }
  if (!data) return <Skeleton active className={styles.told} />;
  const bytes: Blob = data;
  const name = t('attachments.shown', { number });
  return (
    <figure className={styles.shown} aria-label={name}>
      {media === 'application/pdf' ? (
        <Suspense fallback={<Skeleton active />}>
          <PdfPages file={bytes} name={name} />
        </Suspense>
      ) : (
        <Picture file={bytes} name={name} />
      )}
    </figure>
  );
}

function Picture({ file, name }: { file: Blob; name: string }) {
  const { t } = useTranslation('record');
  const image = useRef<HTMLImageElement>(null);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    const url = URL.createObjectURL(file);
    if (image.current) image.current.src = url;
    return () => URL.revokeObjectURL(url);
  }, [file]);
  if (broken) return <Notice tone="error">{t('attachments.broken')}</Notice>;
  return <img ref={image} alt={name} onError={() => setBroken(true)} />;
}
