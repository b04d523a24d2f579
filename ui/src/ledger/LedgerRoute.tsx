import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { isProblem } from '@/api/problem';
import { tableOf } from '@/api/table';
import { useTableAddress } from '@/kit/table/address';
import { fromBase64, toHex } from '@/kit/proof/bytes';
import type { Entry } from './entry';
import type { OpenEntry } from './EntryDrawer';
import { LedgerPage } from './LedgerPage';
import { ledgerQuery } from './query';
import type { Line } from './Sentence';

export function Component() {
  const address = useTableAddress();
  const [line, setLine] = useState<Line>();
  const listing = queries.useQuery(
    'get',
    '/api/ledger',
    { params: { query: { ...ledgerQuery(address), patient: address.filters.patient } } },
    { placeholderData: keepPreviousData },
  );
  const { open, people } = useOpenEntry(line);
  return (
    <LedgerPage
      page={tableOf(listing)}
      people={{ ...listing.data?.people, ...people }}
      names={listing.data?.patients ?? {}}
      behind={listing.data?.behind ?? 0}
      {...(open && { open })}
      onOpen={setLine}
      onClose={() => setLine(undefined)}
    />
  );
}

/** A checkpoint comes about a second after the act. */
const checkpointEvery = 1_000;
const notYet = ['ledger.outside', 'ledger.no-checkpoint', 'ledger.no-entry'];

function useOpenEntry(line: Line | undefined): { open?: OpenEntry; people?: Record<string, never> | undefined } {
  const fault = useFault();
  const params = { params: { path: { entry: line?.id ?? '' } } };
  const enabled = line !== undefined;
  const entry = queries.useQuery('get', '/api/ledger/entries/{entry}', params, { enabled });
  const proof = queries.useQuery('get', '/api/ledger/entries/{entry}/proof', params, {
    enabled,
    retry: (count, error) => count < 10 && isProblem(error) && notYet.includes(error.code),
    retryDelay: checkpointEvery,
  });
  const key = queries.useQuery('get', '/api/ledger/key', {}, { enabled, staleTime: Infinity });
  if (!line) return {};
  const proven = proof.data?.checkpoint ? { ...proof.data, path: proof.data.path ?? [], checkpoint: proof.data.checkpoint } : undefined;
  const pending = proof.isPending || (proof.data !== undefined && !proven);
  return {
    people: entry.data?.people as never,
    open: {
      line,
      entry: entry.data?.entry as Entry | undefined,
      proof: proven,
      publicKey: key.data && toHex(fromBase64(key.data.key) ?? new Uint8Array()),
      pending,
      error: fault(entry.error ?? proof.error ?? key.error),
    },
  };
}
