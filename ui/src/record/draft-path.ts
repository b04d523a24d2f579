import type { Schemas } from '@/api/client';

/** Where a draft is written on. */
export function draftPath({ id, patient, document }: Schemas['RecordDraftLine']): string {
  return document ? `/documents/${document}/amend?draft=${id}` : `/patients/${patient}/write?draft=${id}`;
}
