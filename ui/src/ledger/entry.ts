/** An entry as the ledger holds it (docs/format/ledger.md). Times are microseconds since 1970. */
export interface Entry {
  id: string;
  at: number;
  org: string;
  verb: string;
  outcome: 'done' | 'refused' | 'reported';
  actor: { kind: string; id: string; session?: string; roles?: string[]; department?: string; ip?: string; terminal?: string };
  purpose?: string;
  why?: { rules?: string[]; tie?: { kind: string; id: string }; conditions?: string[] };
  objects?: { kind: string; id: string; patient?: string; version?: number }[];
  writes?: { t: string; k: string; op: 'insert' | 'update' | 'delete'; d?: string }[];
  n?: number;
  note?: Record<string, string>;
}
