import { keepPreviousData } from '@tanstack/react-query';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { useTableAddress } from '@/kit/table/address';
import { useDepartments } from '@/staff/use-departments';
import { PatientSearch, type Scope } from './PatientSearch';

export function Component() {
  const { cursor, limit, filters } = useTableAddress();
  const listing = queries.useQuery(
    'get',
    '/api/patients',
    { params: { query: { cursor, limit, text: filters.text, scope: (filters.scope ?? 'mine') as Scope, open: filters.open === 'yes' ? true : undefined } } },
    { placeholderData: keepPreviousData },
  );
  return <PatientSearch page={tableOf(listing)} departments={useDepartments()} />;
}
