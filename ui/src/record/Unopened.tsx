import { NotOpened } from '@/access/NotOpened';
import AskPatient from '@/consent/AskPatient';

interface UnopenedProps {
  error: unknown;
  patient: { id: string; name: string };
  onRetry: () => void;
}

/** Stands in the place of a document that did not open, with what can be done about it. */
export default function Unopened({ error, patient, onRetry }: UnopenedProps) {
  return (
    <>
      <AskPatient patient={patient.id} error={error} onOpened={onRetry} />
      <NotOpened error={error} what={patient.name} onRetry={onRetry} />
    </>
  );
}
