import { createBrowserRouter, type RouteObject } from 'react-router';
import { wordsCame } from '@/language/rooms';
import { Broken } from './Broken';
import { NotFound } from './NotFound';
import { SignedIn } from './SignedIn';
import { Starting } from './Starting';

const gallery: RouteObject[] =
  import.meta.env.MODE === 'production' ? [] : [{ path: 'gallery/:name?', lazy: () => import('@/gallery/Gallery') }];

/** For whoever holds a copy; nobody signs in. */
const outside: RouteObject = { path: 'verify/:code?', lazy: () => import('@/output/VerifyRoute') };

/** For whoever holds a package of another house; nobody signs in. */
const packaged: RouteObject = { path: 'verify/package', lazy: () => import('@/exchange/VerifyPackageRoute') };

/** Where a provider sends people back; nobody is signed in yet. */
const returning: RouteObject = { path: 'sign-in/return', lazy: () => import('@/identity/ReturnRoute') };

/** Where a link of another system arrives; nobody may be signed in yet. */
const launched: RouteObject = { path: 'launch', lazy: () => import('@/launch/LaunchRoute') };

const pages: RouteObject[] = [
  { index: true, lazy: () => import('@/desk/WorkbenchRoute') },
  { path: 'patients', lazy: () => import('@/patient/PatientSearchRoute') },
  { path: 'patients/locate', lazy: () => import('@/patient/LocateRoute') },
  { path: 'patients/:id', lazy: () => import('@/patient/PatientRoute') },
  { path: 'launch/land', lazy: () => import('@/launch/LandRoute') },
  { path: 'authorize', lazy: () => import('@/program/AuthorizeRoute') },
  { path: 'me/programs', lazy: () => import('@/program/AllowedRoute') },
  { path: 'sources/:id/allowed', lazy: () => import('@/program/AllowedToRoute') },
  { path: 'worklist', lazy: () => import('@/patient/WorklistRoute') },
  { path: 'operation-lists', lazy: () => import('@/patient/OperationsRoute') },
  { path: 'patients/:id/write', lazy: () => import('@/record/WriteRoute') },
  { path: 'documents/:id/correct', lazy: () => import('@/amendment/CorrectRoute') },
  { path: 'documents/:id/replay', lazy: () => import('@/amendment/ReplayRoute') },
  { path: 'amendments', lazy: () => import('@/amendment/CorrectionsRoute') },
  { path: 'amendments/notices', lazy: () => import('@/amendment/CorrectionsRoute') },
  { path: 'amendments/complaints', lazy: () => import('@/amendment/CorrectionsRoute') },
  { path: 'amendments/suspicions', lazy: () => import('@/amendment/CorrectionsRoute') },
  { path: 'amendments/rules', lazy: () => import('@/amendment/CorrectionsRoute') },
  { path: 'amendments/:id', lazy: () => import('@/amendment/CorrectionRoute') },
  { path: 'documents/:id/amend', lazy: () => import('@/record/AmendRoute') },
  { path: 'drafts', lazy: () => import('@/record/DraftsRoute') },
  { path: 'reviews', lazy: () => import('@/access/ReasonsRoute') },
  { path: 'duties', lazy: () => import('@/duty/InboxRoute') },
  { path: 'duties/done', lazy: () => import('@/duty/InboxRoute') },
  { path: 'duties/mine', lazy: () => import('@/duty/InboxRoute') },
  { path: 'roster', lazy: () => import('@/duty/RosterRoute') },
  { path: 'roster/periods', lazy: () => import('@/duty/PeriodsRoute') },
  { path: 'roster/calendar', lazy: () => import('@/duty/CalendarRoute') },
  { path: 'roster/channels', lazy: () => import('@/duty/ChannelsRoute') },
  { path: 'imports', lazy: () => import('@/intake/ImportRoute') },
  { path: 'sources', lazy: () => import('@/source/SourcesRoute') },
  { path: 'sources/:id', lazy: () => import('@/source/SourceRoute') },
  { path: 'recipients', lazy: () => import('@/recipient/RecipientsRoute') },
  { path: 'recipients/egress', lazy: () => import('@/recipient/EgressRoute') },
  { path: 'recipients/:id', lazy: () => import('@/recipient/RecipientRoute') },
  { path: 'transmissions', lazy: () => import('@/recipient/SendingsRoute') },
  { path: 'debarments', lazy: () => import('@/debarment/DebarmentsRoute') },
  { path: 'debarments/hits', lazy: () => import('@/debarment/HitsRoute') },
  { path: 'deadlines', lazy: () => import('@/deadline/MineRoute') },
  { path: 'deadlines/list', lazy: () => import('@/deadline/ListRoute') },
  { path: 'deadlines/figures', lazy: () => import('@/deadline/FiguresRoute') },
  { path: 'deadlines/days', lazy: () => import('@/deadline/DaysRoute') },
  { path: 'deadlines/sets', lazy: () => import('@/deadline/SetsRoute') },
  { path: 'deadlines/encounters/:id', lazy: () => import('@/deadline/EncounterRoute') },
  { path: 'retention', lazy: () => import('@/retention/DueRoute') },
  { path: 'retention/destructions', lazy: () => import('@/retention/DestructionsRoute') },
  { path: 'retention/destructions/:id', lazy: () => import('@/retention/DestructionRoute') },
  { path: 'retention/holds', lazy: () => import('@/retention/HoldsRoute') },
  { path: 'templates', lazy: () => import('@/template/TemplatesRoute') },
  { path: 'templates/:id', lazy: () => import('@/template/TemplateRoute') },
  { path: 'documents/:id/lineage', lazy: () => import('@/lineage/DocumentLineageRoute') },
  { path: 'patients/:id/lineage', lazy: () => import('@/lineage/PatientLineageRoute') },
  { path: 'imports/quarantine', lazy: () => import('@/intake/QuarantineRoute') },
  { path: 'orders', lazy: () => import('@/order/ConflictsRoute') },
  { path: 'orders/patient', lazy: () => import('@/order/PatientOrdersRoute') },
  { path: 'orders/stock', lazy: () => import('@/order/StockRoute') },
  { path: 'orders/rules', lazy: () => import('@/order/RulesRoute') },
  { path: 'figures', lazy: () => import('@/figures/FiguresRoute') },
  { path: 'figures/patients', lazy: () => import('@/figures/OpenedRoute') },
  { path: 'ledger', lazy: () => import('@/ledger/LedgerRoute') },
  { path: 'inspection', lazy: () => import('@/inspection/InspectionRoute') },
  { path: 'inspection/:id', lazy: () => import('@/inspection/DrawRoute') },
  { path: 'evidence', lazy: () => import('@/evidence/EvidenceRoute') },
  { path: 'grants', lazy: () => import('@/access/GrantsRoute') },
  { path: 'authorities', lazy: () => import('@/access/AuthoritiesRoute') },
  { path: 'privilege/important', lazy: () => import('@/privilege/ImportantRoute') },
  { path: 'approvals', lazy: () => import('@/access/ApprovalsRoute') },
  { path: 'grant-reviews', lazy: () => import('@/access/GrantReviewsRoute') },
  { path: 'reach', lazy: () => import('@/access/ReachRoute') },
  { path: 'simulate', lazy: () => import('@/access/SimulateRoute') },
  { path: 'policy/rules', lazy: () => import('@/policy/RulesRoute') },
  { path: 'policy/releases', lazy: () => import('@/policy/ReleasesRoute') },
  { path: 'policy/releases/new', lazy: () => import('@/policy/ReleaseRoute') },
  { path: 'policy/releases/:id', lazy: () => import('@/policy/ReleaseRoute') },
  { path: 'outputs', lazy: () => import('@/output/OutputsRoute') },
  { path: 'outputs/approvals', lazy: () => import('@/output/OutputApprovalsRoute') },
  { path: 'outputs/rules', lazy: () => import('@/output/OutputRulesRoute') },
  { path: 'forwards/:id', lazy: () => import('@/output/ForwardRoute') },
  { path: 'seals', lazy: () => import('@/seal/SealsRoute') },
  { path: 'seals/:id', lazy: () => import('@/seal/SealRoute') },
  { path: 'sharing', lazy: () => import('@/sharing/SharingRoute') },
  { path: 'claims', lazy: () => import('@/sharing/ClaimsRoute') },
  { path: 'claims/:id', lazy: () => import('@/sharing/ClaimTaskRoute') },
  { path: 'sharing/:id', lazy: () => import('@/sharing/CaseRoute') },
  { path: 'exchange', lazy: () => import('@/exchange/PartnersRoute') },
  { path: 'exchange/packages', lazy: () => import('@/exchange/PackagesRoute') },
  { path: 'exchange/arrivals', lazy: () => import('@/exchange/ArrivalsRoute') },
  { path: 'house-handovers', lazy: () => import('@/handover/HandoversRoute') },
  { path: 'house-handovers/:id', lazy: () => import('@/handover/HandoverRoute') },
  { path: 'consents', lazy: () => import('@/consent/ConsentsRoute') },
  { path: 'consents/forms/:id', lazy: () => import('@/consent/FormRoute') },
  { path: 'consents/:id', lazy: () => import('@/consent/ConsentRoute') },
  { path: 'privilege/changes', lazy: () => import('@/privilege/ChangesRoute') },
  { path: 'privilege/changes/:id', lazy: () => import('@/privilege/ChangeRoute') },
  { path: 'privilege/sessions', lazy: () => import('@/privilege/SessionsRoute') },
  { path: 'privilege/envelopes', lazy: () => import('@/privilege/EnvelopesRoute') },
  { path: 'privilege/findings', lazy: () => import('@/privilege/FindingsRoute') },
  { path: 'feeds', lazy: () => import('@/feed/FeedsRoute') },
  { path: 'feeds/runs', lazy: () => import('@/feed/RunsRoute') },
  { path: 'access-logs', lazy: () => import('@/accesslog/LogsRoute') },
  { path: 'access-logs/events', lazy: () => import('@/accesslog/ReportedRoute') },
  { path: 'access-logs/questions', lazy: () => import('@/accesslog/QuestionsRoute') },
  { path: 'handed-in', lazy: () => import('@/decide/UsesRoute') },
  { path: 'system-accounts', lazy: () => import('@/sysaccount/IssuesRoute') },
  { path: 'system-accounts/people', lazy: () => import('@/sysaccount/PeopleRoute') },
  { path: 'staff', lazy: () => import('@/staff/StaffRoute') },
  { path: 'staff/roster', lazy: () => import('@/staff/RosterRoute') },
  { path: 'staff/reconciliation', lazy: () => import('@/staff/ReconciliationRoute') },
  { path: 'staff/:id', lazy: () => import('@/staff/PersonRoute') },
  { path: 'stays', lazy: () => import('@/staff/StaysRoute') },
  { path: 'handovers', lazy: () => import('@/staff/HandoversRoute') },
  { path: 'undertakings', lazy: () => import('@/staff/UndertakingsRoute') },
  { path: 'vendors', lazy: () => import('@/staff/VendorsRoute') },
  { path: 'accounts', lazy: () => import('@/identity/AccountsRoute') },
  { path: 'accounts/findings', lazy: () => import('@/identity/FindingsRoute') },
  { path: 'accounts/rules', lazy: () => import('@/identity/RulesRoute') },
  { path: 'accounts/asked', lazy: () => import('@/identity/AskedRoute') },
  { path: 'accounts/faces', lazy: () => import('@/identity/FacesRoute') },
  { path: 'accounts/ways', lazy: () => import('@/identity/WaysRoute') },
  { path: 'me/use', lazy: () => import('@/ledger/MyUseRoute') },
  { path: 'me/security', lazy: () => import('@/identity/SecurityRoute') },
  { path: '*', element: <NotFound /> },
];

/** A page that is shown once the words of its rooms came as well. */
const withWords = ({ lazy, ...route }: RouteObject): RouteObject =>
  typeof lazy === 'function'
    ? {
        ...route,
        lazy: async () => {
          const page = await lazy();
          await wordsCame();
          return page;
        },
      }
    : { ...route, lazy };

export const router = createBrowserRouter([
  {
    errorElement: <Broken />,
    hydrateFallbackElement: <Starting />,
    children: [...gallery, withWords(outside), withWords(packaged), withWords(returning), withWords(launched), { element: <SignedIn />, errorElement: <Broken />, children: pages.map(withWords) }],
  },
]);
