import { fileOf, keepFile, printPage, showFile, textOf } from './file';

/** What the server gave to be printed. */
export interface Sheets {
  id: string;
  media: string;
  file: string;
}

const isPage = ({ media }: Sheets) => media.startsWith('text/html');

/** Keeps the sheets as a file. */
export function keep(sheets: Sheets): void {
  keepFile(`${sheets.id}.${isPage(sheets) ? 'html' : 'pdf'}`, fileOf(sheets.file, sheets.media));
}

/** Brings the sheets to the printer: a page at once, a PDF in a window, and as a file where no window opens. */
export async function handOver(sheets: Sheets): Promise<void> {
  if (isPage(sheets)) await printPage(textOf(sheets.file));
  else if (!showFile(fileOf(sheets.file, sheets.media))) keep(sheets);
}
