import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';

export type Recipient = Schemas['Recipient'];
export type SeenRecipient = Schemas['RecipientSeen'];
export type Writing = Schemas['RecipientWriting'];
export type Sending = Schemas['RecipientSending'];
export type OpenedSending = Schemas['RecipientOpened'];
export type Receipt = Schemas['RecipientReceipt'];
export type Finding = Schemas['RecipientFinding'];
export type Notice = Schemas['RecipientNotice'];
export type Names = Record<string, Schemas['StaffName']>;

/** Where something stands, in the colour that says how good that is. */
export const tones: Record<string, Tone> = {
  draft: 'warning',
  live: 'success',
  suspended: 'warning',
  ended: 'neutral',
  waiting: 'info',
  matched: 'success',
  late: 'warning',
  altered: 'error',
  duplicate: 'warning',
  absent: 'error',
  none: 'neutral',
  confirmed: 'success',
  failed: 'error',
  unsupported: 'warning',
  open: 'error',
  settled: 'neutral',
};

/** What became of a sending: the worst that its receipts say, unless a good one came after. */
export function arrivalOf({ receipts, receiptBy }: Pick<Sending, 'receipts' | 'receiptBy'>): string {
  const said = receipts.map(({ outcome }) => outcome);
  if (said.includes('altered')) return 'altered';
  if (said.includes('late')) return 'late';
  if (said.includes('matched')) return 'matched';
  if (said.includes('absent')) return 'absent';
  return receiptBy ? 'waiting' : 'none';
}

const thousand = 1000;
const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size as people say it. */
export function sizeOf(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= thousand && unit < units.length - 1) {
    size /= thousand;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit] ?? ''}`;
}
