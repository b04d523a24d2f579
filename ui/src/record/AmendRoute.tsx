import { lazy, Suspense, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { useReaderMark } from '@/app/mark';
import { Waiting } from '@/app/Waiting';
import { Mark } from '@/kit/Mark';
import { Banner } from '@/patient/Banner';
import type { Patient } from '@/patient/PatientPage';
import { useDepartments } from '@/staff/use-departments';
import { lacksConsent, type Emergency } from './consented';
import type { MedicalDocument } from './DocumentView';
import { DraftBanner } from './DraftBanner';
import { History } from './History';
import { askedOf } from './templates';
import { useTitles } from './titles';
import { useDraftInAddress } from './use-draft-in-address';
import { plain, refill, useWriting } from './use-writing';
import { Writing } from './Writing';

const EmergencySaving = lazy(() => import('./EmergencySaving'));

/** Correcting a document: a new version with its reason. `draft` stands in the address once it was saved. */
export function Component() {
  const { id = '' } = useParams();
  const [address] = useSearchParams();
  const [draftId] = useState(address.get('draft'));
  const [round, setRound] = useState(0);
  const document = queries.useQuery('get', '/api/documents/{id}', { params: { path: { id }, query: {} } });
  const patientId = document.data?.patient;
  const patient = queries.useQuery('get', '/api/patients/{id}', { params: { path: { id: patientId ?? '' } } }, { enabled: patientId !== undefined });
  const draft = queries.useQuery('get', '/api/drafts/{id}', { params: { path: { id: draftId ?? '' } } }, { enabled: draftId !== null, staleTime: 0, gcTime: 0 });
  const failed = [document, patient, draft].find(failureOf);
  if (failed) return <NotOpened error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!document.data || !patient.data || (draftId !== null && !draft.data)) return <Waiting />;
  return (
    <Corrected
      key={round}
      document={document.data}
      patient={patient.data}
      draft={draft.data}
      onReopen={() => void draft.refetch().then(() => setRound(round + 1))}
    />
  );
}

interface CorrectedProps {
  document: MedicalDocument;
  patient: Patient;
  draft: Schemas['RecordDraft'] | undefined;
  onReopen: () => void;
}

function Corrected({ document: newest, patient, draft, onReopen }: CorrectedProps) {
  const navigate = useNavigate();
  const departments = useDepartments();
  const fault = useFault();
  const mark = useReaderMark();
  const titles = useTitles();
  const [document] = useState(newest);
  const base = draft?.base ?? document.version;
  const before = document.sections ?? [];
  const writing = useWriting({
    place: { patient: patient.id, document: document.id, base, id: draft?.id, rev: draft?.rev },
    kind: document.kind,
    title: document.title,
    sections: draft ? refill(askedOf(document.kind, before).map((section) => ({ ...section, text: '' })), draft.writing.sections ?? []) : askedOf(document.kind, before),
    reason: draft?.writing.reason ?? '',
  });
  useDraftInAddress(writing.draft.id);
  const back = `/patients/${patient.id}?document=${document.id}`;
  const amend = queries.useMutation('post', '/api/documents/{id}/versions', {
    onSuccess: async () => {
      await navigate(back, { replace: true });
      await cache.invalidateQueries();
    },
  });
  const [signing, setSigning] = useState(false);
  const submit = (sign: boolean, emergency?: { choice: Emergency; words: string }) => {
    setSigning(sign);
    amend.mutate({
      params: { path: { id: document.id } },
      body: { base, reason: writing.reason.trim(), sections: plain(writing.sections), sign, draft: writing.draft.id, ...(emergency && { emergency }) },
    });
  };

  return (
    <>
      <Mark {...mark} at={document.mark.at} code={document.mark.code} />
      <Writing
        banner={
          <DraftBanner draft={writing.draft} onReopen={onReopen}>
            <Banner patient={patient} departments={departments} />
          </DraftBanner>
        }
        title={titles.ofDocument(document)}
        sections={writing.sections}
        onWrite={writing.onWrite}
        saving={writing.draft.saving}
        correction={{ version: document.version, sections: before, reason: writing.reason, onReason: writing.onReason }}
        history={<History patient={patient} />}
        busy={amend.isPending}
        error={fault(amend.error)}
        onSign={() => submit(true)}
        onFile={() => submit(false)}
        onLeave={() => void navigate(back)}
      />
      {lacksConsent(amend.error) && (
        <Suspense fallback={null}>
          <EmergencySaving patient={patient.id} busy={amend.isPending} error={fault(amend.error)} onSave={(emergency) => submit(signing, emergency)} onClose={amend.reset} />
        </Suspense>
      )}
    </>
  );
}
