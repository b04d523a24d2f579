import type { Schemas } from '@/api/client';

export type Way = Schemas['IdentityWay'];
export type NewWay = Schemas['IdentityNewWay'];
export type WayKind = Way['kind'];

/** Where in the settings something stands; what is inside a part comes after a dot. */
type Part = 'directory' | 'provider' | 'authority' | 'gateway' | 'scan' | 'tunnel' | 'face' | 'face.adapter' | 'face.statement';

/** One setting: a line, a longer text, something that must be said at length, a number, something to tick, or several names. */
interface WayField {
  part: Part;
  name: string;
  as: 'line' | 'text' | 'words' | 'number' | 'tick' | 'names';
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
  face: [...of('face.statement', 'words', 'zh', 'en'), ...of('face', 'number', 'least'), ...of('face.adapter', 'line', 'address'), ...of('face.adapter', 'text', 'roots'), ...of('face.adapter', 'tick', 'internal', 'plain')],
};

export const wayKinds = Object.keys(wayFields) as WayKind[];

/** The kinds that keep a secret of their own. */
export const keepsSecret = (kind: WayKind): boolean => kind === 'directory' || kind === 'provider' || kind === 'scan' || kind === 'sms' || kind === 'face';

/** The kinds that are tried before they are set. */
export const isTried = (kind: WayKind): boolean => kind === 'directory' || kind === 'provider';

const unset: Partial<Record<Part, object>> = { provider: { strongAmr: [], strongAcr: [] }, authority: { number: 'serialNumber' } };

type Settings = Record<string, unknown>;

export const pathOf = (part: Part): string[] => part.split('.');

const within = (settings: object | undefined, path: string[]): Settings | undefined => path.reduce<Settings | undefined>((inner, key) => inner?.[key] as Settings | undefined, settings as Settings | undefined);

/** The parts of a kind, the outer before the inner. */
const partsOf = (kind: WayKind): Part[] => [...new Set(wayFields[kind].map(({ part }) => part))].sort((one, other) => pathOf(one).length - pathOf(other).length);

/** Settings of one kind: what was given over what is held, every tick said. */
export function settingsOf(kind: WayKind, held: object | undefined, given: object | undefined): NewWay['settings'] {
  const settings: Settings = {};
  for (const part of partsOf(kind)) {
    const path = pathOf(part);
    const whole: Settings = { ...unset[part], ...within(held, path), ...within(given, path) };
    for (const { name, as } of wayFields[kind].filter((field) => field.part === part)) if (as === 'tick') whole[name] = whole[name] === true;
    const outer = within(settings, path.slice(0, -1)) ?? settings;
    outer[path.at(-1) ?? part] = whole;
  }
  return settings;
}
