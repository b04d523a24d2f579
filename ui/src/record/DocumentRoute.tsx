import { App } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { may } from '@/app/roles';
import { useSession, type Session } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { useText } from '@/language/text';
import { useCopied } from '@/output/use-copied';
import type { Patient } from '@/patient/PatientPage';
import { useDepartments } from '@/staff/use-departments';
import { DocumentView, type MedicalDocument } from './DocumentView';
import { useSubject } from './subject';
import { useTitles } from './titles';

const Unopened = lazy(() => import('./Unopened'));
const Attachments = lazy(async () => ({ default: (await import('./Attachments')).Attachments }));
const PrintRoute = lazy(() => import('@/output/PrintRoute'));
const Forward = lazy(() => import('@/output/Forward'));
const MarkSensitive = lazy(async () => ({ default: (await import('./MarkSensitive')).MarkSensitive }));
const LiftSensitive = lazy(async () => ({ default: (await import('./MarkSensitive')).LiftSensitive }));
const SignDialog = lazy(async () => ({ default: (await import('./SignDialog')).SignDialog }));

interface DocumentRouteProps {
  id: string;
  patient: Patient;
  /** Told what the page must bear, each time something was read. */
  onMark: (mark: Schemas['RecordMark']) => void;
}

/** A document of an opened patient, in the version that was asked for. */
export default function DocumentRoute({ id, patient, onMark }: DocumentRouteProps) {
  const [version, setVersion] = useState<number>();
  const [comparedWith, setComparedWith] = useState<number>();
  const read = (number: number | undefined) => ({ params: { path: { id }, query: number === undefined ? {} : { version: number } } });
  const document = queries.useQuery('get', '/api/documents/{id}', read(version), { placeholderData: (before) => before });
  const compared = queries.useQuery('get', '/api/documents/{id}', read(comparedWith), { enabled: comparedWith !== undefined });
  const mark = document.data?.mark;
  useEffect(() => {
    if (mark) onMark(mark);
  }, [mark, onMark]);

  const failure = failureOf(document);
  if (failure) {
    return (
      <Suspense fallback={null}>
        <Unopened error={failure} patient={patient} onRetry={() => void document.refetch()} />
      </Suspense>
    );
  }
  if (!document.data) return <Waiting />;
  return (
    <Read
      document={document.data}
      compared={comparedWith === undefined ? undefined : compared.data}
      patient={patient}
      busy={document.isFetching || compared.isLoading}
      onVersion={setVersion}
      onCompare={setComparedWith}
    />
  );
}

interface ReadProps {
  document: MedicalDocument;
  compared: MedicalDocument | undefined;
  patient: Patient;
  busy: boolean;
  onVersion: (version: number) => void;
  onCompare: (version: number | undefined) => void;
}

function Read({ document, compared, patient, busy, onVersion, onCompare }: ReadProps) {
  const session = useSession();
  const navigate = useNavigate();
  const departments = useDepartments();
  const text = useText();
  const fault = useFault();
  const subject = useSubject();
  const { ofDocument } = useTitles();
  const { message } = App.useApp();
  const [signing, setSigning] = useState(false);
  const [leaving, setLeaving] = useState<'print' | 'forward'>();
  const [marking, setMarking] = useState<'mark' | 'lift'>();
  const copied = useCopied(document.id, document.shown);
  const sign = queries.useMutation('post', '/api/documents/{id}/signatures', {
    onSuccess: async () => {
      setSigning(false);
      await cache.invalidateQueries();
    },
    onError: (error) => void message.error(fault(error)),
  });
  return (
    <>
      <DocumentView
        document={document}
        subject={subject(patient, departments)}
        organisation={text(session.organisation)}
        compared={compared}
        onVersion={onVersion}
        onCompare={onCompare}
        onAmend={mayAmend(document, session) ? () => void navigate(`/documents/${document.id}/${document.state === 'filed' ? 'amend' : 'correct'}`) : undefined}
        onSign={maySign(document, session) ? () => setSigning(true) : undefined}
        onPrint={mayLeave(document, session, 'print') ? () => setLeaving('print') : undefined}
        onForward={mayLeave(document, session, 'forward') ? () => setLeaving('forward') : undefined}
        onMarkSensitive={mayMark(document, session) ? () => setMarking('mark') : undefined}
        onLiftSensitive={mayLift(document, patient, session) ? () => setMarking('lift') : undefined}
        onCopied={copied}
        busy={busy || sign.isPending}
      >
        {document.attached > 0 && (
          <Suspense fallback={null}>
            <Attachments document={document.id} version={document.shown} count={document.attached} />
          </Suspense>
        )}
      </DocumentView>
      <Suspense fallback={null}>
        {leaving === 'print' && <PrintRoute printable={{ document: document.id, version: document.shown, title: ofDocument(document) }} onClose={() => setLeaving(undefined)} />}
        {marking === 'mark' && <MarkSensitive document={document.id} onClose={() => setMarking(undefined)} />}
        {marking === 'lift' && <LiftSensitive document={document.id} onClose={() => setMarking(undefined)} />}
        {leaving === 'forward' && <Forward document={document.id} title={ofDocument(document)} onClose={() => setLeaving(undefined)} />}
      </Suspense>
      {signing && (
        <Suspense fallback={null}>
          <SignDialog
            open
            title={ofDocument(document)}
            sections={document.sections ?? []}
            busy={sign.isPending}
            error={fault(sign.error)}
            onSign={() => sign.mutate({ params: { path: { id: document.id } }, body: { version: document.shown } })}
            onClose={() => setSigning(false)}
          />
        </Suspense>
      )}
    </>
  );
}

/** Nobody is offered what the rules would refuse him for this document at once. */
function mayAmend(document: MedicalDocument, session: Session): boolean {
  const open = !document.seal && document.shown === document.version;
  return open && session.purpose === 'care' && may(session.roles, 'sign') && (document.author === session.person || may(session.roles, 'countersign'));
}

function mayMark(document: MedicalDocument, { roles, purpose }: Session): boolean {
  return !document.sensitive && purpose === 'care' && may(roles, 'draft');
}

/** The one who leads the treatment judges it. */
function mayLift(document: MedicalDocument, patient: Patient, { person, purpose }: Session): boolean {
  const leads = (patient.team ?? []).some((member) => member.person === person && ['attending', 'chief'].includes(member.role));
  return document.sensitive !== undefined && purpose === 'care' && leads;
}

/** What is under seal stays here. */
function mayLeave(document: MedicalDocument, { roles, purpose }: Session, how: 'print' | 'forward'): boolean {
  return !document.seal && purpose === 'care' && may(roles, how);
}

function maySign(document: MedicalDocument, session: Session): boolean {
  const signed = (document.signatures ?? []).some(({ person }) => person === session.person);
  const after = document.author === session.person || (may(session.roles, 'countersign') && (document.signatures ?? []).length > 0);
  return mayAmend(document, session) && document.state !== 'archived' && !signed && after;
}
