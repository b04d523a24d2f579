import { queries } from '@/api/client';
import { onwards } from '@/api/whole';
import type { Happened } from './timeline';
import type { Patient } from './PatientPage';

/** No size that a table has: lists that grow and lists of one page are kept apart by it. */
const atOnce = 40;

/**
 * Reads what happened to a patient, newest first; more goes on further back. A
 * list that the reader may not see is left out.
 */
export function useHappened(patient: Patient): { happened: Happened; more: (() => void) | undefined } {
  const about = { params: { path: { id: patient.id }, query: { limit: atOnce } } };
  const documents = queries.useInfiniteQuery('get', '/api/patients/{id}/documents', about, onwards);
  const observations = queries.useInfiniteQuery('get', '/api/patients/{id}/observations', about, onwards);
  const orders = queries.useInfiniteQuery('get', '/api/patients/{id}/orders', about, onwards);

  const pages = { documents: documents.data?.pages ?? [], observations: observations.data?.pages ?? [], orders: orders.data?.pages ?? [] };
  const happened = {
    patient,
    documents: pages.documents.flatMap(({ items }) => items ?? []),
    observations: pages.observations.flatMap(({ items }) => items ?? []),
    orders: pages.orders.flatMap(({ items }) => items ?? []),
    people: Object.assign({}, ...pages.documents.map(({ people }) => people)) as Happened['people'],
  };
  const lists = [
    { query: documents, items: happened.documents },
    { query: observations, items: happened.observations },
    { query: orders, items: happened.orders },
  ].filter(({ query }) => query.hasNextPage);
  const more = () => lists.forEach(({ query }) => void query.fetchNextPage());
  return { happened: { ...happened, unfinished: lists.map(({ items }) => items) }, more: lists.length > 0 ? more : undefined };
}
