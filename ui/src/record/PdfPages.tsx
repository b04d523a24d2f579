import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { Notice } from '@/kit/Notice';
import { openPdf } from './pdf';

const pagesAtOnce = 10;

/** A PDF drawn page by page. Nothing in it acts: no script, no form, no link. */
export function PdfPages({ file, name }: { file: Blob; name: string }) {
  const { t } = useTranslation('record');
  const [opened, setOpened] = useState<PDFDocumentProxy>();
  const [broken, setBroken] = useState(false);
  const [drawn, setDrawn] = useState(pagesAtOnce);
  useEffect(() => {
    let gone = false;
    let mine: PDFDocumentProxy | undefined;
    openPdf(file).then(
      (pdf) => {
        mine = pdf;
        if (gone) void pdf.destroy();
        else setOpened(pdf);
      },
      () => setBroken(true),
    );
    return () => {
      gone = true;
      void mine?.destroy();
    };
  }, [file]);
  if (broken) return <Notice tone="error">{t('attachments.broken')}</Notice>;
  if (!opened) return null;
  const pages = Math.min(drawn, opened.numPages);
  return (
    <>
      {Array.from({ length: pages }, (_, i) => (
        <Page key={i} pdf={opened} number={i + 1} name={t('attachments.page', { name, page: i + 1, pages: opened.numPages })} />
      ))}
      {pages < opened.numPages && <Button onClick={() => setDrawn(drawn + pagesAtOnce)}>{t('attachments.morePages', { count: opened.numPages - pages })}</Button>}
    </>
  );
}

const widest = 900;

function Page({ pdf, number, name }: { pdf: PDFDocumentProxy; number: number; name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let stop: (() => void) | undefined;
    let gone = false;
    const draw = async () => {
      const page = await pdf.getPage(number);
      const on = canvas.current;
      if (!on || gone) return;
      const scale = (Math.min(widest, on.parentElement?.clientWidth ?? widest) / page.getViewport({ scale: 1 }).width) * window.devicePixelRatio;
      const viewport = page.getViewport({ scale });
      on.width = viewport.width;
      on.height = viewport.height;
      const task = page.render({ canvas: on, viewport });
      stop = () => task.cancel();
      await task.promise;
    };
    // What was stopped because its page is gone is no failure; a page that cannot be drawn stays blank and named.
    draw().catch(() => undefined);
    return () => {
      gone = true;
      stop?.();
    };
  }, [pdf, number]);
  return <canvas ref={canvas} role="img" aria-label={name} />;
}
