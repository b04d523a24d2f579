/* eslint-disable @typescript-eslint/consistent-type-imports -- so that a room has one line here */
import 'i18next';

/** The words of every room. A room of its own folder has its line here. */
interface Words {
  access: typeof import('@/access/words.zh.json');
  accesslog: typeof import('@/accesslog/words.zh.json');
  amendment: typeof import('@/amendment/words.zh.json');
  app: typeof import('@/app/words.zh.json');
  consent: typeof import('@/consent/words.zh.json');
  deadline: typeof import('@/deadline/words.zh.json');
  decide: typeof import('@/decide/words.zh.json');
  desk: typeof import('@/desk/words.zh.json');
  duty: typeof import('@/duty/words.zh.json');
  evidence: typeof import('@/evidence/words.zh.json');
  debarment: typeof import('@/debarment/words.zh.json');
  exchange: typeof import('@/exchange/words.zh.json');
  feed: typeof import('@/feed/words.zh.json');
  figures: typeof import('@/figures/words.zh.json');
  form: typeof import('@/form/words.zh.json');
  handover: typeof import('@/handover/words.zh.json');
  identity: typeof import('@/identity/words.zh.json');
  inspection: typeof import('@/inspection/words.zh.json');
  intake: typeof import('@/intake/words.zh.json');
  kit: typeof import('@/kit/words.zh.json');
  launch: typeof import('@/launch/words.zh.json');
  ledger: typeof import('@/ledger/words.zh.json');
  lineage: typeof import('@/lineage/words.zh.json');
  order: typeof import('@/order/words.zh.json');
  output: typeof import('@/output/words.zh.json');
  patient: typeof import('@/patient/words.zh.json');
  policy: typeof import('@/policy/words.zh.json');
  privilege: typeof import('@/privilege/words.zh.json');
  program: typeof import('@/program/words.zh.json');
  record: typeof import('@/record/words.zh.json');
  retention: typeof import('@/retention/words.zh.json');
  seal: typeof import('@/seal/words.zh.json');
  sharing: typeof import('@/sharing/words.zh.json');
  recipient: typeof import('@/recipient/words.zh.json');
  source: typeof import('@/source/words.zh.json');
  staff: typeof import('@/staff/words.zh.json');
  sysaccount: typeof import('@/sysaccount/words.zh.json');
  template: typeof import('@/template/words.zh.json');
  terms: typeof import('./terms.zh.json');
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: Words;
    returnNull: false;
  }
}
