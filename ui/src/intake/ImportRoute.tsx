import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { shapedTable } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useTableAddress } from '@/kit/table/address';
import { ImportPage } from './ImportPage';
import { useImport } from './use-import';
import { batchOf, reportOf } from './wire';

/** The server refuses a larger file, and says so. */
const largestFile = 64 << 20;

export function Component() {
  const { roles } = useSession();
  const { cursor, limit } = useTableAddress();
  const [source, setSource] = useState('');
  const fault = useFault();
  const listing = queries.useQuery('get', '/api/imports', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const { progress, report, error, run, cancel, show } = useImport(source.trim());
  const open = async (id: string) => {
    try {
      const seen = await cache.query(queries.queryOptions('get', '/api/imports/{id}', { params: { path: { id } } }));
      show({ report: { batch: batchOf(seen), files: (seen.reports ?? []).map(reportOf) } });
    } catch (failure) {
      show({ error: failure });
    }
  };
  return (
    <ImportPage
      batches={shapedTable(listing, batchOf)}
      progress={progress}
      report={report}
      source={source}
      onSource={setSource}
      limit={largestFile}
      error={fault(error)}
      onFiles={may(roles, 'import') ? run : undefined}
      onCancel={cancel}
      onOpen={(batch) => void open(batch.id)}
    />
  );
}
