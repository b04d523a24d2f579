import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';

export type Partner = Schemas['ExchangePartner'];
export type Package = Schemas['ExchangePackage'];
export type Carried = Schemas['ExchangeCarried'];
export type Try = Schemas['ExchangeTry'];
export type Arrival = Schemas['ExchangeArrival'];
export type OwnCard = Schemas['ExchangeOwnCard'];
export type Card = Schemas['ExchangeCard'];

/** Where something stands, in the colour that says how good that is. */
export const tones: Record<string, Tone> = {
  draft: 'warning',
  live: 'success',
  over: 'warning',
  ended: 'neutral',
  waiting: 'info',
  received: 'success',
  duplicate: 'info',
  declined: 'error',
  failed: 'error',
};

/** What a partner is now: one whose time is over is no longer live, though nobody ended it. */
export const standing = ({ state, active }: Pick<Partner, 'state' | 'active'>): string => (state === 'live' && !active ? 'over' : state);

/** The partners to which something can be sent now. */
export const open = (partners: Partner[]): Partner[] => partners.filter(({ active, recipient }) => active && recipient !== undefined && recipient !== '');

const parts = ['org', 'name', 'signer', 'opener'] as const;

/** The card of another house, as it was pasted; undefined where it is none. */
export function cardOf(pasted: string): Card | undefined {
  let read: unknown;
  try {
    read = JSON.parse(pasted);
  } catch {
    return undefined;
  }
  if (typeof read !== 'object' || read === null) return undefined;
  const said = read as Record<string, unknown>;
  const card = Object.fromEntries(parts.map((part) => [part, said[part]]));
  return parts.every((part) => typeof card[part] === 'string' && card[part] !== '') ? (card as unknown as Card) : undefined;
}

/** What is given to another house to be registered there, without the fingerprint: that is told by another way. */
export const pasteable = ({ org, name, signer, opener }: OwnCard): string => JSON.stringify({ org, name, signer, opener }, undefined, 2);

const together = 4;

/** A fingerprint in groups of four, to be read out. */
export const readOut = (fingerprint: string): string => fingerprint.match(new RegExp(`.{1,${together}}`, 'g'))?.join(' ') ?? '';
