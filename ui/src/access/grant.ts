import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';

export type Grant = Schemas['AccessGrant'];
export type Asked = Schemas['AccessRequest'];
export type Scope = Schemas['AccessScope'];

export const grantTones: Record<Grant['state'], Tone> = { live: 'success', ending: 'warning', ended: 'neutral', failed: 'error' };
export const askedTones: Record<Asked['state'], Tone> = { waiting: 'info', approved: 'success', returned: 'warning', refused: 'error', withdrawn: 'neutral', lapsed: 'neutral' };

/** What one asks for at once; a part opens some of the acts that can be granted. */
export const parts = {
  read: ['patient.find', 'patient.view', 'record.list', 'record.view', 'record.versions', 'record.observations', 'record.orders', 'record.attachment'],
  amend: ['record.amend', 'record.sign'],
  print: ['record.print'],
  figures: ['figures.open'],
} as const;

export type Part = keyof typeof parts;

/** Purposes for which the rules let a grant open no more than this; for the others, all that is asked. */
const narrow: Record<string, string[] | undefined> = {
  teaching: ['record.list', 'record.view'],
  research: ['record.list', 'record.view', 'record.versions', 'record.observations', 'record.orders', 'record.attachment'],
};

export function verbsFor(chosen: Part[], purpose: string): string[] {
  const verbs = chosen.flatMap((part): string[] => [...parts[part]]);
  const most = narrow[purpose];
  return most ? verbs.filter((verb) => most.includes(verb)) : verbs;
}

/** The parts that a list of acts makes up. */
export function partsOf(verbs: string[]): Part[] {
  return (Object.keys(parts) as Part[]).filter((part) => parts[part].some((verb) => verbs.includes(verb)));
}

/** Whether an earlier grant tells something about a request: the same person, patient or department, for the same purpose. */
export function similar(asked: Asked, grant: Grant): boolean {
  if (grant.scope.purpose !== asked.scope.purpose) return false;
  const samePlace = asked.scope.patient ? grant.scope.patient === asked.scope.patient : grant.scope.department === asked.scope.department;
  return samePlace || grant.person === asked.person;
}
