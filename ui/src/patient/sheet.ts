import { openZip, type Unzip } from './zip';

/** The cells of a table as text, row by row from the first one; what is empty is ''. */
export type Sheet = string[][];

/** Reads a table: CSV in UTF-8 or GB 18030, or the first sheet of an XLSX workbook. */
export async function sheetOf(file: File): Promise<Sheet> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const unzip = openZip(bytes);
  return unzip ? workbook(unzip) : separated(textOf(bytes));
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** RFC 4180; Excel separates by tabs when it saves "Unicode text". */
function separated(text: string): Sheet {
  const between = /^[^\n,]*\t/.test(text) ? '\t' : ',';
  const rows: Sheet = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = () => {
    rows.push([...row, cell.trim()]);
    row = [];
    cell = '';
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (quoted && letter === '"' && text.charAt(at + 1) === '"') {
      cell += letter;
      at++;
    } else if (letter === '"') quoted = !quoted;
    else if (quoted) cell += letter;
    else if (letter === between) {
      row.push(cell.trim());
      cell = '';
    } else if (letter === '\n') endRow();
    else cell += letter;
  }
  if (cell || row.length > 0) endRow();
  return rows;
}

async function workbook(unzip: Unzip): Promise<Sheet> {
  const book = await xmlOf(unzip, 'xl/workbook.xml');
  const links = await xmlOf(unzip, 'xl/_rels/workbook.xml.rels');
  const first = book?.getElementsByTagName('sheet')[0]?.getAttribute('r:id');
  const target = [...(links?.getElementsByTagName('Relationship') ?? [])].find((link) => link.getAttribute('Id') === first)?.getAttribute('Target');
  const cells = target && (await xmlOf(unzip, target.startsWith('/') ? target.slice(1) : `xl/${target}`));
  if (!cells) throw new Error('the file holds no sheet');
  const shared = [...((await xmlOf(unzip, 'xl/sharedStrings.xml'))?.getElementsByTagName('si') ?? [])].map(spelled);
  const rows: Sheet = [];
  for (const row of cells.getElementsByTagName('row')) {
    const number = Number(row.getAttribute('r')) || rows.length + 1;
    while (rows.length < number) rows.push([]);
    rows[number - 1] = cellsOf(row, shared);
  }
  return rows;
}

function cellsOf(row: Element, shared: string[]): string[] {
  const cells: string[] = [];
  for (const cell of row.getElementsByTagName('c')) {
    const column = columnOf(cell.getAttribute('r')) ?? cells.length;
    while (cells.length < column) cells.push('');
    const value = cell.getElementsByTagName('v')[0]?.textContent ?? '';
    cells[column] = (cell.getAttribute('t') === 's' ? shared[Number(value)] : value || spelled(cell))?.trim() ?? '';
  }
  return cells;
}

const mostColumns = 1024;

/** From 0: the letters of a place such as AB12. */
function columnOf(place: string | null): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(place ?? '')?.[0];
  if (!letters) return undefined;
  const column = Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return Math.min(column, mostColumns);
}

/** A text in runs, without how it is read aloud. */
function spelled(element: Element): string {
  return [...element.getElementsByTagName('t')]
    .filter((run) => run.parentElement?.tagName !== 'rPh')
    .map((run) => run.textContent)
    .join('');
}

async function xmlOf(unzip: Unzip, name: string): Promise<Document | undefined> {
  const text = await unzip(name);
  return text === undefined ? undefined : new DOMParser().parseFromString(text, 'application/xml');
}
