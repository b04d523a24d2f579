import { ApprovalsPage } from '@/access/ApprovalsPage';
import AskDialog from '@/access/AskDialog';
import { GrantReviewsPage } from '@/access/GrantReviewsPage';
import { GrantsPage, type GrantsPageProps } from '@/access/GrantsPage';
import { ReachPage } from '@/access/ReachPage';
import { SimulatePage } from '@/access/SimulatePage';
import { OpenedLine } from '@/seal/OpenedLine';
import type { SealSeen } from '@/seal/seal';
import { SealPage } from '@/seal/SealPage';
import { SealsPage } from '@/seal/SealsPage';
import { HandoversPage } from '@/staff/HandoversPage';
import { ReconciliationPage } from '@/staff/ReconciliationPage';
import { RosterPage } from '@/staff/RosterPage';
import { StaysPage } from '@/staff/StaysPage';
import { UndertakingDialog } from '@/staff/UndertakingDialog';
import { UndertakingsPage } from '@/staff/UndertakingsPage';
import { VendorsPage } from '@/staff/VendorsPage';
import type { Exhibit } from './exhibits';
import { ago } from './fixtures/clock';
import { exitLines, faultyPlan, people, plan, promised, rosters, stays, undertaking, vendors } from './fixtures/footing';
import { answered, campaigns, endings, grants, patientReach, personReach, requests, reviewLines, trial } from './fixtures/grants';
import { departments } from './fixtures/patients';
import { doctor, everything } from './fixtures/people';
import { attentionSeal, disputeSeal, openedBefore, sealPeople, seals } from './fixtures/seals';

const nothing = () => undefined;
const masked = (id: string) => `李** ${id.slice(-4)}`;
const failed = { error: { message: '暂时无法连接数据库。', code: '8f3a21c0' }, onRetry: nothing };

const grantsAbout = (more: Partial<GrantsPageProps>) => () => (
  <GrantsPage tab="grants" onTab={nothing} requests={{ rows: [...requests, answered] }} grants={{ rows: grants }} endings={{ rows: endings }} departments={departments} onOpenRequest={nothing} onOpenGrant={nothing} me="p-wang" mayRevoke={() => true} onRevoke={nothing} onWithdraw={nothing} onAgain={nothing} {...more} />
);
const sealAbout = (seal: SealSeen) => () => (
  <SealPage seal={seal} patientName="李**" days={7} onDays={nothing} opened={openedBefore} sentence={(opened) => <OpenedLine opened={opened} patientName="李**" />} keeps busy={false} onRenew={nothing} onUnseal={nothing} onList={nothing} onUnlist={nothing} />
);

/** On what footing people are here, what they were given, and what is sealed. */
export const footingExhibits: Record<string, Exhibit> = {
  stays: { session: everything, show: () => <StaysPage page={{ rows: stays }} departments={departments} people={people} mayEnd={() => true} onEnd={nothing} onMove={nothing} /> },
  'stays-many': {
    session: everything,
    show: () => <StaysPage page={{ rows: Array.from({ length: 50 }, (_, turn) => stays.map((stay) => ({ ...stay, id: `${stay.id}-${turn}` }))).flat(), next: 'more', count: { n: 10_000, more: true } }} departments={departments} people={people} mayEnd={() => true} onEnd={nothing} />,
  },
  'stays-empty': { session: doctor, show: () => <StaysPage page={{ rows: [] }} departments={departments} people={{}} mayEnd={() => false} onEnd={nothing} /> },
  'stays-loading': { session: doctor, show: () => <StaysPage page={{ loading: true }} departments={departments} people={{}} mayEnd={() => false} onEnd={nothing} /> },
  'stays-failed': { session: doctor, show: () => <StaysPage page={failed} departments={departments} people={{}} mayEnd={() => false} onEnd={nothing} /> },
  handovers: { session: everything, show: () => <HandoversPage page={{ rows: exitLines }} departments={departments} people={people} maySign={({ kind }) => kind === 'device'} onSign={nothing} /> },
  'handovers-empty': { session: everything, show: () => <HandoversPage page={{ rows: [] }} departments={departments} people={{}} maySign={() => false} onSign={nothing} /> },
  undertakings: { session: everything, show: () => <UndertakingsPage mine={promised} published={[undertaking]} keeps onRead={nothing} onWithdraw={nothing} /> },
  'undertakings-signed': { session: doctor, show: () => <UndertakingsPage mine={promised.slice(1, 2)} keeps={false} onRead={nothing} onWithdraw={nothing} /> },
  undertaking: { session: doctor, show: () => <UndertakingDialog undertaking={undertaking} onSign={nothing} onClose={nothing} />, part: true },
  vendors: { session: everything, show: () => <VendorsPage vendors={vendors} onFile={nothing} onOpen={nothing} onEnd={nothing} /> },
  'vendors-empty': { session: everything, show: () => <VendorsPage vendors={[]} onFile={nothing} onOpen={nothing} onEnd={nothing} /> },
  'staff-roster': { session: everything, show: () => <RosterPage rosters={rosters} busy={false} onFile={nothing} onApply={nothing} onDrop={nothing} /> },
  'staff-roster-preview': { session: everything, show: () => <RosterPage file="花名册.xlsx" plan={plan} rosters={rosters} busy={false} onFile={nothing} onApply={nothing} onDrop={nothing} /> },
  'staff-roster-faults': { session: everything, show: () => <RosterPage file="花名册.xlsx" plan={faultyPlan} rosters={[]} busy={false} onFile={nothing} onApply={nothing} onDrop={nothing} /> },
  reconciliation: {
    session: everything,
    show: () => (
      <ReconciliationPage
        found={{ at: ago(0), governed: 189, stays: {}, mismatches: ['no-undertaking', 'no-licence', 'not-in-roster'].map((kind, index) => ({ kind, person: 'p-lu', number: `2001${index}` })) }}
        kind={undefined}
        onKind={nothing}
      />
    ),
  },
  grants: { session: doctor, show: grantsAbout({ openGrant: grants[1] }) },
  'grants-failed-end': { session: doctor, show: grantsAbout({ openGrant: grants[4] }) },
  'grants-empty': { session: doctor, show: grantsAbout({ grants: { rows: [] } }) },
  'grant-requests': { session: doctor, show: grantsAbout({ tab: 'requests', openRequest: answered }) },
  ask: {
    session: doctor,
    part: true,
    show: () => <AskDialog what="李**" purposes={doctor.purposes} purpose={doctor.purpose} longest={Object.fromEntries(doctor.purposes.map(({ id }) => [id, 30]))} busy={false} onAsk={nothing} onClose={nothing} />,
  },
  approvals: { session: doctor, show: () => <ApprovalsPage waiting={requests} open={requests[1]} past={grants} departments={departments} busy={false} onOpen={nothing} onAnswer={nothing} /> },
  'approvals-empty': { session: doctor, show: () => <ApprovalsPage waiting={[]} open={undefined} past={[]} departments={departments} busy={false} onOpen={nothing} onAnswer={nothing} /> },
  'grant-reviews': { session: doctor, show: () => <GrantReviewsPage lines={reviewLines} campaigns={campaigns} departments={departments} busy={false} onSubmit={nothing} /> },
  'reach-patient': { session: everything, show: () => <ReachPage choose={null} about="李**" patient={patientReach} departments={departments} patientName={masked} /> },
  'reach-person': { session: everything, show: () => <ReachPage choose={null} about="王可子" person={personReach} departments={departments} patientName={masked} /> },
  simulate: { session: everything, show: () => <SimulatePage trial={trial} people={people} patientName={masked} busy={false} onTry={nothing} /> },
  seals: { session: everything, show: () => <SealsPage seals={seals} live={false} onLive={nothing} people={sealPeople} patientName={masked} /> },
  'seals-empty': { session: everything, show: () => <SealsPage seals={[]} live onLive={nothing} people={{}} patientName={masked} /> },
  'seal-attention': { session: everything, show: sealAbout(attentionSeal) },
  'seal-dispute': { session: everything, show: sealAbout(disputeSeal) },
};
