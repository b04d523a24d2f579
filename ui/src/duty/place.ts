import type duty from './words.zh.json';

/** Where somebody goes to do what a task asks for. */
export interface Place {
  key: keyof (typeof duty)['places'];
  path: string;
}

interface About {
  kind: string;
  subject?: string;
  patient?: string;
  parent?: string;
}

type Path = (about: About) => string | undefined;

const places: Record<string, [Place['key'], Path]> = {
  'access.approval': ['requests', () => '/approvals'],
  'access.role-approval': ['requests', () => '/authorities?tab=requests'],
  'access.frame-exception': ['requests', () => '/authorities?tab=exceptions'],
  'access.glass-review': ['reviews', () => '/reviews?waiting=yes'],
  'access.glass-digest': ['reviews', () => '/reviews?waiting=yes'],
  'access.grant-review': ['reviews', () => '/grant-reviews'],
  'access.post-cut': ['staff', () => '/staff'],
  'access.frozen': ['grants', () => '/grants?tab=freezes'],
  'access.breach-review': ['grants', () => '/grants?tab=freezes'],
  'record.consent-due': ['consents', ({ patient }) => patient && `/patients/${patient}?tab=consents`],
  'access.idle-grant': ['grants', () => '/grants?tab=grants'],
  'access.statement': ['grants', () => '/grants?tab=requests'],
  'access.end-failed': ['grants', () => '/grants?tab=ends'],
  'access.end-given-up': ['grants', () => '/grants?tab=ends'],
  'access.seal-renewal': ['seals', () => '/seals'],
  'access.seal-attempts': ['seals', () => '/seals'],
  'decide.reviewing': ['uses', () => '/handed-in'],
  'decide.raising': ['uses', () => '/handed-in?state=raised'],
  'exchange.approval': ['exchange', () => '/exchange'],
  'exchange.apart': ['exchange', () => '/exchange/arrivals'],
  'exchange.unreceived': ['exchange', () => '/exchange/packages'],
  'sharing.claim-approval': ['claims', ({ subject }) => subject && `/claims/${subject}`],
  'deadline.writing': ['deadlines', () => '/deadlines'],
  'deadline.day-check': ['deadlines', () => '/deadlines/days'],
  'deadline.approval': ['deadlines', () => '/deadlines/sets'],
  'order.asked': ['orders', ({ subject }) => subject && `/orders?conflict=${subject}`],
  'duty.extension': ['task', ({ parent }) => parent && `/duties#${parent}`],
  'duty.joint-part': ['task', ({ parent }) => parent && `/duties#${parent}`],
  'duty.interim': ['task', ({ parent }) => parent && `/duties#${parent}`],
  'duty.log-review': ['ledger', () => '/ledger'],
  'duty.grant-review': ['reviews', () => '/grant-reviews'],
  'duty.sampling': ['reviews', () => '/reviews'],
};

/** The places of a task; a page that this version does not have is left out. */
export function placesOf(about: About, exists: (path: string) => boolean): Place[] {
  const [key, path] = places[about.kind] ?? [];
  const own = path?.(about);
  return [
    ...(key && own ? [{ key, path: own }] : []),
    ...(about.patient ? [{ key: 'patient' as const, path: `/patients/${about.patient}` }] : []),
  ].filter(({ path: to }) => exists(to.replace(/[?#].*$/, '')));
}
