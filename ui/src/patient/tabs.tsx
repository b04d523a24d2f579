import { keepPreviousData } from '@tanstack/react-query';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { useTableAddress } from '@/kit/table/address';
import { Readers } from '@/ledger/Readers';
import { ledgerQuery } from '@/ledger/query';
import { Observations } from './Observations';
import { Orders } from './Orders';
import type { Patient } from './PatientPage';
import { readingsOf } from './readings';

export function ObservationsTab({ patient }: { patient: string }) {
  const { cursor, limit } = useTableAddress();
  const listing = queries.useQuery('get', '/api/patients/{id}/observations', { params: { path: { id: patient }, query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const page = tableOf(listing);
  return <Observations page={{ ...page, ...(page.rows && { rows: page.rows.flatMap(readingsOf) }) }} />;
}

export function OrdersTab({ patient }: { patient: string }) {
  const { cursor, limit } = useTableAddress();
  const listing = queries.useQuery('get', '/api/patients/{id}/orders', { params: { path: { id: patient }, query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  return <Orders page={tableOf(listing)} />;
}

export function ReadersTab({ patient }: { patient: Patient }) {
  const address = useTableAddress();
  const listing = queries.useQuery('get', '/api/patients/{id}/readers', { params: { path: { id: patient.id }, query: ledgerQuery(address) } }, { placeholderData: keepPreviousData });
  return <Readers page={tableOf(listing)} people={listing.data?.people ?? {}} names={{ [patient.id]: patient.name }} />;
}
