import type { Schemas } from '@/api/client';
import type { Session } from '@/app/session';

export type Case = Schemas['SharingCase'];
export type SeenCase = Schemas['SharingSeen'];
export type Requester = Schemas['SharingKind'];
export type Handover = Schemas['SharingHandover'];
export type Handed = Schemas['SharingHanded'];
export type Scope = Schemas['SharingScope'];
type Line = Schemas['RecordLine'];

/** The states on the way of a case that goes well. */
export const way = ['received', 'checked', 'scoped', 'approved', 'closed'] as const;

export type Doing = 'check' | 'fix-scope' | 'fix-masking' | 'approve' | 'review' | 'confirm' | 'hand-over' | 'close' | 'refuse' | 'take-back';

/** What is to be done next; nothing once a case has ended. */
export function nextOf(one: Case & Partial<Pick<SeenCase, 'narrowed' | 'masking'>>, agency: boolean): Doing | undefined {
  switch (one.state) {
    case 'received':
      return 'check';
    case 'checked':
      return 'fix-scope';
    case 'scoped':
      if (one.narrowed && !one.masking?.current) return 'fix-masking';
      return agency ? 'approve' : 'review';
    case 'approved':
      return waitsForHead(one) ? 'confirm' : one.open ? 'hand-over' : 'close';
    default:
      return undefined;
  }
}

/** Whether the head has still to confirm what was approved in his place. */
export const waitsForHead = ({ state, confirmBy, confirmedBy }: Case) => state === 'approved' && confirmBy !== undefined && !confirmedBy;

const window = { roles: ['records-clerk', 'patient-relations', 'medical-affairs'], purposes: ['legal', 'patient-request', 'insurance'] };
const head = { roles: ['president'], purposes: ['management'] };
const reviewers = { roles: ['records-clerk', 'medical-affairs'], purposes: ['legal', 'patient-request'] };
const anybody = { roles: [], purposes: window.purposes };

/** Who may do what for which purpose, as the rulebook of outside access has it; the server decides. */
const doers: Record<Doing, { roles: string[]; purposes: string[] }> = {
  check: window,
  'fix-scope': window,
  'fix-masking': { roles: ['medical-affairs'], purposes: ['legal', 'insurance', 'management'] },
  approve: head,
  review: reviewers,
  confirm: head,
  'hand-over': anybody,
  close: window,
  refuse: { roles: [...head.roles, ...reviewers.roles], purposes: [...head.purposes, ...reviewers.purposes] },
  'take-back': anybody,
};

export type WhyNot = 'role' | 'assistant' | 'own' | 'twice' | 'purpose';
type Me = Pick<Session, 'person' | 'roles' | 'purpose' | 'purposes'>;

/** Why somebody cannot do a step himself; undefined when he may. */
export function whyNot(doing: Doing, one: Case, me: Me): WhyNot | undefined {
  const { roles, purposes } = doers[doing];
  if ((doing === 'hand-over' || doing === 'take-back') && one.assistant !== me.person) return 'assistant';
  if (roles.length > 0 && !roles.some((role) => me.roles.includes(role))) return 'role';
  if (['approve', 'review', 'confirm'].includes(doing) && [one.receivedBy, one.assistant].includes(me.person)) return 'own';
  if (doing === 'check' && (one.checks ?? []).some(({ person }) => person === me.person)) return 'twice';
  if (!(doing === 'hand-over' ? purposesToHand(one) : purposes).includes(me.purpose)) return 'purpose';
  return undefined;
}

const usual: Record<string, string> = { agent: 'patient-request', guardian: 'patient-request', relative: 'patient-request', insurer: 'insurance', 'insurance-fund': 'insurance' };

/** The purposes for which copies are made for a kind of requester. */
function purposesToHand({ kind }: Pick<Case, 'kind'>): string[] {
  return usual[kind] === 'patient-request' ? ['patient-request'] : ['legal', 'insurance'];
}

/** The purpose, among those that one may choose, for which a step can be done. */
export function purposeFor(doing: Doing, one: Pick<Case, 'kind'>, me: Me): string | undefined {
  const fitting = doing === 'hand-over' ? purposesToHand(one) : doers[doing].purposes;
  const open = me.purposes.map(({ id }) => id).filter((id) => fitting.includes(id));
  const best = usual[one.kind] ?? 'legal';
  return open.includes(best) ? best : open[0];
}

/** Whether a document lies in a scope. */
export function holds({ documents, forms, encounters, from, to }: Scope, { id, kind, encounter, at }: Pick<Line, 'id' | 'kind' | 'encounter' | 'at'>): boolean {
  const among = (list: string[] | null | undefined, value: string) => !list?.length || list.includes(value);
  const day = dayInHospital(at);
  return among(documents, id) && among(forms, kind) && among(encounters, encounter ?? '') && (!from || day >= from) && (!to || day <= to);
}

const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });
const dayInHospital = (at: string) => clock.format(new Date(at));

const seers = [
  window,
  { roles: ['president', 'medical-affairs'], purposes: ['management'] },
  { roles: ['auditor', 'discipline'], purposes: ['supervision'] },
];

/** The purposes, among those that one may choose, in which the cases can be seen. */
export function purposesToSee({ roles, purposes }: Pick<Me, 'roles' | 'purposes'>): string[] {
  const open = seers.filter((seer) => seer.roles.some((role) => roles.includes(role))).flatMap((seer) => seer.purposes);
  return purposes.map(({ id }) => id).filter((id) => open.includes(id));
}
