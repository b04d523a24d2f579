import type { ReactNode } from 'react';
import { refusalOf } from '@/access/refusal';
import { useFault } from '@/api/fault';
import { isProblem } from '@/api/problem';
import { Notice } from '@/kit/Notice';
import { useText } from '@/language/text';
import { faultsOf } from './faults';

interface RefusedProps {
  error: unknown;
  /** The fields that tell by themselves what is wrong with them. */
  shown?: string[];
  action?: ReactNode;
}

/** Why something did not leave, and what can be done about it; nothing where there is no error. */
export function Refused({ error, shown, action }: RefusedProps) {
  const text = useText();
  const fault = useFault();
  if (!error) return null;
  const faults = Object.keys(faultsOf(error));
  const told = faults.length > 0 && faults.every((one) => shown?.includes(one)) && isProblem(error);
  const unmet = isProblem(error) ? (refusalOf(error)?.conditions ?? []).filter(({ met }) => !met) : [];
  return (
    <Notice tone="error" title={unmet.length > 0 ? fault(error) : undefined} action={action}>
      {unmet.length > 0 ? unmet.map((condition) => <p key={condition.name}>{[text(condition.text), text(condition.remedy)].join(' ')}</p>) : told ? error.detail : fault(error)}
    </Notice>
  );
}
