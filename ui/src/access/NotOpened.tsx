import { useTranslation } from 'react-i18next';
import type { Problem } from '@/api/client';
import { isProblem } from '@/api/problem';
import { NotFound } from '@/app/NotFound';
import { Unreachable } from '@/app/Unreachable';
import { RefusedPage } from './RefusedPage';
import { refusalOf } from './refusal';
import { useAsk } from './use-ask';
import { glassHours, reasonHours, useWays } from './ways';

interface NotOpenedProps {
  error: unknown;
  /** What was asked for, as far as the reader may know. */
  what?: string;
  onRetry: () => void;
}

const notFound = 404;

/** Stands in the place of what could not be opened: refused with the way on, not there, or out of reach. */
export function NotOpened({ error, what, onRetry }: NotOpenedProps) {
  if (isProblem(error) && refusalOf(error)) return <Refused problem={error} what={what} onOpened={onRetry} />;
  if (isProblem(error) && error.status === notFound) return <NotFound />;
  return <Unreachable error={error} onRetry={onRetry} />;
}

function Refused({ problem, what, onOpened }: { problem: Problem; what: string | undefined; onOpened: () => void }) {
  const { t } = useTranslation('access');
  const { t: shell } = useTranslation();
  const refusal = refusalOf(problem);
  const { onReason, onBreakGlass, dialogs } = useWays(onOpened);
  const { onAsk, dialog } = useAsk();
  if (!refusal) return null;
  const patient = refusal.patient ?? refusal.id;
  const wanted = { id: patient, name: what ?? shell('somebody', { id: patient.slice(-4) }) };
  return (
    <>
      <RefusedPage
        refusal={refusal}
        what={what}
        trace={problem.trace}
        ladder={{ reasonHours, glassHours, approver: t('approver'), onReason: () => onReason(wanted), onBreakGlass: () => onBreakGlass(wanted), ...((refusal.patient !== undefined || refusal.object === 'Patient') && { onAsk: () => onAsk({ patient, name: wanted.name }) }) }}
      />
      {dialogs}
      {dialog}
    </>
  );
}
