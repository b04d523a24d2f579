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
  { path: 'imports', lazy: () => import('@/intake/ImportRoute') },
  { path: 'imports/quarantine', lazy: () => import('@/intake/QuarantineRoute') },
  { path: 'ledger', lazy: () => import('@/ledger/LedgerRoute') },
  { path: 'evidence', lazy: () => import('@/evidence/EvidenceRoute') },
  { path: 'staff', lazy: () => import('@/staff/StaffRoute') },
  { path: 'accounts', lazy: () => import('@/identity/AccountsRoute') },
  { path: 'password', lazy: () => import('@/identity/PasswordRoute') },
  { path: '*', element: <NotFound /> },
];

export const router = createBrowserRouter([
  {
    errorElement: <Broken />,
    hydrateFallbackElement: <Starting />,
    children: [...gallery, { element: <SignedIn />, errorElement: <Broken />, children: pages }],
  },
]);
