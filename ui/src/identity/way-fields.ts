import type { Schemas } from '@/api/client';

export type Way = Schemas['IdentityWay'];
export type NewWay = Schemas['IdentityNewWay'];
export type WayKind = Way['kind'];
type Part = 'directory' | 'provider' | 'authority' | 'gateway' | 'scan' | 'tunnel';

/** One setting: a line, a longer text, something to tick, or several names. */
interface WayField {
  part: Part;
  name: string;
  as: 'line' | 'text' | 'tick' | 'names';
}

const of = (part: Part, as: WayField['as'], ...names: string[]): WayField[] => names.map((name) => ({ part, name, as }));

/** What each kind of way needs. */
export const wayFields: Record<WayKind, WayField[]> = {
  directory: [...of('directory', 'line', 'address', 'bind', 'base', 'filter', 'number'), ...of('directory', 'text', 'roots'), ...of('directory', 'names', 'emergency'), ...of('directory', 'tick', 'strict')],
  provider: [...of('provider', 'line', 'issuer', 'client'), ...of('provider', 'text', 'roots'), ...of('provider', 'tick', 'internal', 'silent')],
  certificate: of('authority', 'text', 'roots', 'revoked'),
  sm2: of('authority', 'text', 'roots', 'revoked'),
  scan: [...of('scan', 'line', 'address'), ...of('authority', 'text', 'roots', 'revoked'), ...of('scan', 'tick', 'internal', 'plain')],
  sms: [...of('gateway', 'line', 'address'), ...of('gateway', 'tick', 'internal', 'plain')],
  vpn: of('tunnel', 'text', 'key'),
  face: [],
};

/** The kinds that are set here; a statement of two pages is not written into a dialog. */
export const wayKinds = (Object.keys(wayFields) as WayKind[]).filter((kind) => wayFields[kind].length > 0);

/** The kinds that keep a secret of their own. */
export const keepsSecret = (kind: WayKind): boolean => kind === 'directory' || kind === 'provider' || kind === 'scan' || kind === 'sms';

/** The kinds that are tried before they are set. */
export const isTried = (kind: WayKind): boolean => kind === 'directory' || kind === 'provider';

const unset: Partial<Record<Part, object>> = { provider: { strongAmr: [], strongAcr: [] }, authority: { number: 'serialNumber' } };

type Settings = Partial<Record<Part, Record<string, unknown>>>;

/** Settings of one kind: what was given over what is held, every tick said. */
export function settingsOf(kind: WayKind, held: object | undefined, given: object | undefined): NewWay['settings'] {
  if (wayFields[kind].length === 0) return held ?? {};
  const settings: Settings = {};
  for (const { part, name, as } of wayFields[kind]) {
    settings[part] ??= { ...unset[part], ...(held as Settings | undefined)?.[part], ...(given as Settings | undefined)?.[part] };
    if (as === 'tick') settings[part][name] = settings[part][name] === true;
  }
  return settings as NewWay['settings'];
}
