import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { api, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useRow } from '@/language/text';
import { mostOperations, operationsOf, type ListedRow } from './operation-list';
import { OperationsPage, type JudgedRow } from './OperationsPage';
import { sheetOf } from './sheet';

interface Shown {
  file?: File;
  rows?: JudgedRow[];
  taken?: boolean;
  error?: string | undefined;
}

export function Component() {
  const { posts } = useSession();
  const { t } = useTranslation('patient');
  const fault = useFault();
  const inRow = useRow();
  const theatres = posts.filter(({ role }) => may([role.id], 'planOperations')).map(({ department }) => department);
  const [theatre, setTheatre] = useState(theatres[0]?.id);
  const [shown, setShown] = useState<Shown>({});
  const [busy, setBusy] = useState(false);

  const ask = async (path: '/api/operation-lists/preview' | '/api/operation-lists', file: File, rows: ListedRow[]): Promise<Shown> => {
    const listed = rows.filter(({ operation }) => operation !== undefined);
    if (listed.length === 0) return { file, rows };
    const { data, error } = await api.POST(path, { body: { department: theatre ?? '', operations: listed.flatMap(({ operation }) => operation ?? []) } });
    return data ? { file, rows: judged(rows, listed, data.lines ?? []) } : { error: fault(error) };
  };
  const preview = async (file: File): Promise<Shown> => {
    const sheet = await sheetOf(file).catch(() => undefined);
    if (!sheet) return { file, error: t('operations.unreadable') };
    const { rows, missing } = operationsOf(sheet);
    if (missing.length > 0) return { file, error: t('operations.missing', { columns: inRow(missing.map((heading) => t(`operations.headings.${heading}`))) }) };
    if (rows.length > mostOperations) return { file, error: t('operations.tooMany', { most: mostOperations, count: rows.length }) };
    return ask('/api/operation-lists/preview', file, rows);
  };
  const take = async (file: File, rows: JudgedRow[]): Promise<Shown> => {
    const after = await ask('/api/operation-lists', file, rows);
    await cache.invalidateQueries();
    return after.error ? { file, rows, error: after.error } : { ...after, taken: true };
  };
  const during = async (work: Promise<Shown>) => {
    setBusy(true);
    try {
      setShown(await work);
    } finally {
      setBusy(false);
    }
  };

  const { file, rows, taken, error } = shown;
  return (
    <OperationsPage
      theatres={[...new Map(theatres.map((one) => [one.id, one])).values()]}
      theatre={theatre}
      onTheatre={setTheatre}
      file={file}
      rows={rows}
      taken={taken ?? false}
      busy={busy}
      error={error}
      onFile={(chosen) => chosen && void during(preview(chosen))}
      onTake={() => file && rows && void during(take(file, rows))}
      onDrop={() => setShown({})}
    />
  );
}

/** Puts what the server says of each line it was sent beside its row of the file. */
function judged(rows: ListedRow[], sent: ListedRow[], lines: Schemas['PatientPlannedLine'][]): JudgedRow[] {
  const byRow = new Map(lines.map((line) => [sent[line.line - 1]?.row, line]));
  return rows.map((row) => ({ ...row, line: byRow.get(row.row) }));
}
