import { keepPreviousData } from '@tanstack/react-query';
import { ReportedReaders } from '@/accesslog/ReportedReaders';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { ConsentTab } from '@/consent/ConsentTab';
import { useTableAddress } from '@/kit/table/address';
import { Readers } from '@/ledger/Readers';
import { ledgerQuery } from '@/ledger/query';
import { LineageLink } from '@/lineage/LineageLink';
import { Observations } from './Observations';
import { Orders } from './Orders';
import type { Patient } from './PatientPage';
import { readingsOf } from './readings';

interface TabProps {
  patient: Patient;
}

const lists = { observations: ObservationsTab, orders: OrdersTab, consents: ConsentTab, readers: ReadersTab };
export type ListTab = keyof typeof lists;

/** The tabs of a patient that are lists; they come when they are first opened. */
export default function ListOf({ tab, patient }: TabProps & { tab: ListTab }) {
  const List = lists[tab];
  return <List patient={patient} />;
}

function ObservationsTab({ patient }: TabProps) {
  const { cursor, limit } = useTableAddress();
  const listing = queries.useQuery('get', '/api/patients/{id}/observations', { params: { path: { id: patient.id }, query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const page = tableOf(listing);
  return <Observations page={{ ...page, ...(page.rows && { rows: page.rows.flatMap(readingsOf) }) }} />;
}

function OrdersTab({ patient }: TabProps) {
  const { cursor, limit } = useTableAddress();
  const listing = queries.useQuery('get', '/api/patients/{id}/orders', { params: { path: { id: patient.id }, query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  return <Orders page={tableOf(listing)} />;
}

function ReadersTab({ patient }: TabProps) {
  const address = useTableAddress();
  const listing = queries.useQuery('get', '/api/patients/{id}/readers', { params: { path: { id: patient.id }, query: ledgerQuery(address) } }, { placeholderData: keepPreviousData });
  const reported = (
    <>
      <LineageLink patient={patient.id} />
      <ReportedReaders patient={patient.id} />
    </>
  );
  return <Readers page={tableOf(listing)} people={listing.data?.people ?? {}} names={{ [patient.id]: patient.name }} reported={reported} />;
}
