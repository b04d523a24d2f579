import { createBrowserRouter, type RouteObject } from 'react-router';
import { Broken } from './Broken';
import { NotFound } from './NotFound';
import { SignedIn } from './SignedIn';
import { Starting } from './Starting';

const gallery: RouteObject[] =
  import.meta.env.MODE === 'production' ? [] : [{ path: 'gallery/:name?', lazy: () => import('@/gallery/Gallery') }];

const pages: RouteObject[] = [
  { index: true, lazy: () => import('@/desk/WorkbenchRoute') },
  { path: 'patients', lazy: () => import('@/patient/PatientSearchRoute') },
  { path: 'patients/locate', lazy: () => import('@/patient/LocateRoute') },
  { path: 'patients/:id', lazy: () => import('@/patient/PatientRoute') },
  { path: 'patients/:id/write', lazy: () => import('@/record/WriteRoute') },
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
  { path: 'imports/quarantine', lazy: () => import('@/intake/QuarantineRoute') },
  { path: 'ledger', lazy: () => import('@/ledger/LedgerRoute') },
  { path: 'evidence', lazy: () => import('@/evidence/EvidenceRoute') },
  { path: 'grants', lazy: () => import('@/access/GrantsRoute') },
  { path: 'approvals', lazy: () => import('@/access/ApprovalsRoute') },
  { path: 'grant-reviews', lazy: () => import('@/access/GrantReviewsRoute') },
  { path: 'reach', lazy: () => import('@/access/ReachRoute') },
  { path: 'simulate', lazy: () => import('@/access/SimulateRoute') },
  { path: 'seals', lazy: () => import('@/seal/SealsRoute') },
  { path: 'seals/:id', lazy: () => import('@/seal/SealRoute') },
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
  { path: 'me/security', lazy: () => import('@/identity/SecurityRoute') },
  { path: '*', element: <NotFound /> },
];

export const router = createBrowserRouter([
  {
    errorElement: <Broken />,
    hydrateFallbackElement: <Starting />,
    children: [...gallery, { element: <SignedIn />, errorElement: <Broken />, children: pages }],
  },
]);
