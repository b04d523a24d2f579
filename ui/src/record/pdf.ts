import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import worker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = worker;

/** The maps by which Chinese fonts that are not embedded name their characters. */
const maps = import.meta.glob<string>('/node_modules/pdfjs-dist/cmaps/{Adobe-GB1-UCS2,GB*,UniGB*}.bcmap', { query: '?url', import: 'default' });

class ChineseMaps {
  async fetch({ name }: { name: string }) {
    const at = maps[`/node_modules/pdfjs-dist/cmaps/${name}.bcmap`];
    if (!at) throw new Error(`no map of characters is called ${name}`);
    const answer = await fetch(await at());
    return { cMapData: new Uint8Array(await answer.arrayBuffer()), isCompressed: true };
  }
}

/** Opens a PDF to be drawn, without evaluating anything of it. */
export async function openPdf(file: Blob): Promise<PDFDocumentProxy> {
  const data = new Uint8Array(await file.arrayBuffer());
  return getDocument({
    data,
    isEvalSupported: false,
    enableXfa: false,
    useWasm: false,
    stopAtErrors: false,
    disableAutoFetch: true,
    cMapPacked: true,
    CMapReaderFactory: ChineseMaps,
  }).promise;
}
