import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import { sentence, type Slot } from '@/ledger/sentence';
import type { Opened } from './seal';

/** Who did what with the patient, in the words of the ledger. */
export function OpenedLine({ opened: { who, verb, outcome, purpose, tie }, patientName }: { opened: Opened; patientName: string }) {
  const { t } = useTranslation('ledger');
  const text = useText();
  const term = useTerm();
  const fill: Record<Slot, React.ReactNode> = {
    actor: (
      <strong>
        {[text(who), text(who.department)].filter(Boolean).join(' · ')}
      </strong>
    ),
    object: patientName,
    purpose: purpose && term('purpose', purpose),
    tie: tie && term('tie', tie),
  };
  const account = { verb, outcome: outcome as 'done', ...(purpose && { purpose }), ...(tie && { tie }) };
  return sentence(t, account).map((part, index) => <Fragment key={index}>{'slot' in part ? fill[part.slot] : part.text}</Fragment>);
}
