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
import { ChooseKind } from './ChooseKind';
import { lacksConsent, type Emergency } from './consented';
import { DraftBanner } from './DraftBanner';
import { History } from './History';
import { PrivacyPrompt } from './PrivacyPrompt';
import type { SensitiveKind } from './sensitive';
import { sectionsFor, titleOnRecord } from './templates';
import { useTitles } from './titles';
import { plain, refill, useWriting } from './use-writing';
import { useDraftInAddress } from './use-draft-in-address';
import { Writing } from './Writing';

const EmergencySaving = lazy(() => import('./EmergencySaving'));

/** Writing a new document. `kind` and, once it was saved, `draft` stand in the address. */
export function Component() {
  const { id = '' } = useParams();
  const [address, setAddress] = useSearchParams();
  const [draftId] = useState(address.get('draft'));
  const [round, setRound] = useState(0);
  const patient = queries.useQuery('get', '/api/patients/{id}', { params: { path: { id } } });
  const draft = queries.useQuery('get', '/api/drafts/{id}', { params: { path: { id: draftId ?? '' } } }, { enabled: draftId !== null, staleTime: 0, gcTime: 0 });
  const failed = [patient, draft].find(failureOf);
  if (failed) return <NotOpened error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!patient.data || (draftId !== null && !draft.data)) return <Waiting />;

  const kind = address.get('kind') ?? draft.data?.writing.kind;
  if (!kind) return <ChooseKind patient={patient.data} onChoose={(chosen) => setAddress({ kind: chosen }, { replace: true })} />;
  return (
    <Written
      key={`${kind}-${round}`}
      patient={patient.data}
      kind={kind}
      draft={draft.data}
      onReopen={() => void draft.refetch().then(() => setRound(round + 1))}
    />
  );
}

interface WrittenProps {
  patient: Patient;
  kind: string;
  draft: Schemas['RecordDraft'] | undefined;
  onReopen: () => void;
}

function Written({ patient, kind, draft, onReopen }: WrittenProps) {
  const navigate = useNavigate();
  const departments = useDepartments();
  const fault = useFault();
  const mark = useReaderMark();
  const titles = useTitles();
  const title = draft?.writing.title ?? titleOnRecord(kind);
  const encounter = draft?.writing.encounter ?? patient.encounters?.find(({ until }) => !until)?.id;
  const writing = useWriting({
    place: { patient: patient.id, id: draft?.id, rev: draft?.rev },
    kind,
    title,
    encounter,
    sections: refill(sectionsFor(kind), draft?.writing.sections ?? []),
    reason: '',
  });
  const [sensitive, setSensitive] = useState<SensitiveKind[]>([]);
  useDraftInAddress(writing.draft.id);
  const file = queries.useMutation('post', '/api/patients/{id}/documents', {
    onSuccess: async ({ id }) => {
      await navigate(`/patients/${patient.id}?document=${id}`, { replace: true });
      await cache.invalidateQueries();
    },
  });
  const [signing, setSigning] = useState(false);
  const submit = (sign: boolean, emergency?: { choice: Emergency; words: string }) => {
    setSigning(sign);
    file.mutate({ params: { path: { id: patient.id } }, body: { encounter, kind, title, sections: plain(writing.sections), sign, draft: writing.draft.id, sensitive, ...(emergency && { emergency }) } });
  };

  return (
    <>
      <Mark {...mark} />
      <Writing
        banner={
          <DraftBanner draft={writing.draft} onReopen={onReopen}>
            <Banner patient={patient} departments={departments} />
          </DraftBanner>
        }
        title={titles.ofDocument({ kind, title })}
        sections={writing.sections}
        onWrite={writing.onWrite}
        saving={writing.draft.saving}
        history={<History patient={patient} />}
        prompt={<PrivacyPrompt chosen={sensitive} onChoose={setSensitive} />}
        busy={file.isPending}
        error={fault(file.error)}
        onSign={() => submit(true)}
        onFile={() => submit(false)}
        onLeave={() => void navigate(`/patients/${patient.id}`)}
      />
      {lacksConsent(file.error) && (
        <Suspense fallback={null}>
          <EmergencySaving patient={patient.id} busy={file.isPending} error={fault(file.error)} onSave={(emergency) => submit(signing, emergency)} onClose={file.reset} />
        </Suspense>
      )}
    </>
  );
}
