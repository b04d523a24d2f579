import type { Schemas } from '@/api/client';
import type { Text } from '@/language/text';
import type { Tone } from '@/kit/tone';

export type Profile = Schemas['OutputProfile'];
export type Quota = Schemas['OutputQuota'];
export type Used = Schemas['OutputUsed'];
export type Made = Schemas['OutputMade'];
export type Held = Schemas['OutputHold'];
export type Issue = Schemas['OutputIssue'];
export type Export = Schemas['OutputExport'];
export type SeenExport = Schemas['OutputSeenExport'];
export type List = Schemas['OutputSource'];
export type Channel = Schemas['OutputChannel'];
export type Pointed = Schemas['OutputPointed'];
export type Station = Schemas['OutputRegisteredStation'];
export type Badge = Schemas['OutputRegisteredBadge'];
export type Verified = Schemas['OutputVerified'];

/** People whom an answer names, by id. */
export type Names = Record<string, Text>;

export const exportTones: Record<Export['state'], Tone> = {
  running: 'info',
  held: 'error',
  approval: 'warning',
  ready: 'success',
  stopped: 'error',
  refused: 'error',
  confirmed: 'error',
  cancelled: 'neutral',
  expired: 'neutral',
};

export const heldTones: Record<Held['state'], Tone> = { waiting: 'info', released: 'success', cancelled: 'neutral', expired: 'neutral' };

/** Whether somebody is still to do something about an export, or the house is. */
export const isOpen = ({ state }: Pick<Export, 'state'>) => state === 'running' || state === 'held' || state === 'approval' || state === 'ready';

/** How often a route had an outcome; the server leaves out what never happened. */
export const countOf = (used: Record<string, number> | null | undefined, outcome: 'allowed' | 'refused') => used?.[outcome] ?? 0;

/** What waits for somebody to decide. */
export const waitsForOthers = ({ state }: Pick<Export, 'state'>) => state === 'approval' || state === 'held';
