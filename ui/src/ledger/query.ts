import dayjs from 'dayjs';
import type { paths } from '@/api/schema';
import type { TableAddress } from '@/kit/table/address';
import type { Line } from './Sentence';

type Query = NonNullable<paths['/api/patients/{id}/readers']['get']['parameters']['query']>;

/** What the address of a page asks the ledger. Days are those of the reader. */
export function ledgerQuery({ cursor, limit, filters }: TableAddress): Query {
  const { from, to, verb, outcome, tie, actor, kind, object } = filters;
  return {
    cursor,
    limit,
    actor,
    kind,
    object,
    tie,
    verb: verb ? verb.split(',') : undefined,
    outcome: outcome as Line['outcome'] | undefined,
    from: from && dayjs(from).startOf('day').toISOString(),
    to: to && dayjs(to).add(1, 'day').startOf('day').toISOString(),
  };
}
