import { lazy, Suspense, useCallback, useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { queries, type Schemas } from '@/api/client';
import { failureOf } from '@/api/problem';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import type { MarkProps } from '@/kit/Mark';
import { useText } from '@/language/text';
import { useDepartments } from '@/staff/use-departments';
import { Details } from './Details';
import { PatientPage, patientTabs, type Patient, type PatientTab } from './PatientPage';
import { placeOf, useTimeline } from './timeline';
import { useHappened } from './use-happened';

const DocumentRoute = lazy(() => import('@/record/DocumentRoute'));
const ListOf = lazy(() => import('./tabs'));
const RequisitionsOf = lazy(() => import('./RequisitionsOf'));
const PatientSeal = lazy(() => import('@/seal/PatientSeal'));
const Unconfirmed = lazy(() => import('./Unconfirmed'));

export function Component() {
  const { id = '' } = useParams();
  const patient = queries.useQuery('get', '/api/patients/{id}', { params: { path: { id } } });
  const failure = failureOf(patient);
  if (failure) return <NotOpened error={failure} onRetry={() => void patient.refetch()} />;
  if (!patient.data) return <Waiting />;
  return <Opened key={id} patient={patient.data} />;
}

const tabDoings = { records: undefined, observations: undefined, orders: undefined, team: undefined, consents: 'seeConsents', readers: 'readers' } as const;

/** One patient; `tab` and `document` stand in the address. */
function Opened({ patient }: { patient: Patient }) {
  const session = useSession();
  const text = useText();
  const departments = useDepartments();
  const [address, setAddress] = useSearchParams();
  const [openedAt] = useState(() => new Date().toISOString());
  const [shown, setShown] = useState<Schemas['RecordMark']>();
  const tabs = patientTabs.filter((tab) => tabDoings[tab] === undefined || may(session.roles, tabDoings[tab]));
  const tab = tabs.find((one) => one === address.get('tab')) ?? 'records';
  const document = address.get('document') ?? undefined;
  const { happened, more } = useHappened(patient);
  const events = useTimeline(departments)(happened);

  const go = (change: { tab?: PatientTab; document?: string }) => setAddress(change, { replace: true });
  const select = (event: string) => {
    const place = placeOf(event);
    if (place.kind === 'document') go({ document: place.id });
    else go({ tab: place.tab });
  };
  const mark: MarkProps = {
    name: text(session.name),
    staffNumber: session.number,
    ...(tab === 'records' && document && shown ? { at: shown.at, code: shown.code } : { at: openedAt, code: session.session.slice(-8) }),
  };

  return (
    <PatientPage
      patient={patient}
      departments={departments}
      events={events}
      {...(document && { selected: `document:${document}` })}
      onSelect={select}
      {...(more && { onEarlier: more })}
      tab={tab}
      tabs={tabs}
      onTab={(next) => go({ tab: next })}
      content={<Content tab={tab} patient={patient} document={document} onMark={useCallback((next: Schemas['RecordMark']) => setShown(next), [])} />}
      notice={
        <>
          <Suspense fallback={null}>{(patient.seals ?? []).length > 0 && <PatientSeal patient={patient} />}</Suspense>
          <Suspense fallback={null}>{(patient.encounters ?? []).some(({ unconfirmed }) => unconfirmed) && <Unconfirmed patient={patient} />}</Suspense>
        </>
      }
      details={<Details patient={patient} />}
      mayWrite={may(session.roles, 'write')}
      mark={mark}
    />
  );
}

interface ContentProps {
  tab: PatientTab;
  patient: Patient;
  document: string | undefined;
  onMark: (mark: Schemas['RecordMark']) => void;
}

function Content({ tab, patient, document, onMark }: ContentProps) {
  switch (tab) {
    case 'records':
      return document ? (
        <Suspense fallback={<Waiting />}>
          <DocumentRoute key={document} id={document} patient={patient} onMark={onMark} />
        </Suspense>
      ) : undefined;
    case 'team':
      return (
        <Suspense fallback={null}>
          <RequisitionsOf patient={patient} />
        </Suspense>
      );
    default:
      return (
        <Suspense fallback={<Waiting />}>
          <ListOf key={tab} tab={tab} patient={patient} />
        </Suspense>
      );
  }
}
