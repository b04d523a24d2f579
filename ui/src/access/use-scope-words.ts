import { useTranslation } from 'react-i18next';
import { useRow, useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import { partsOf, type Scope } from './grant';
import { useKnownPatient } from './live-reasons';

/** Says in words whom or what a grant opens, and which acts. */
export function useScopeWords(departments: Departments): { whom: (scope: Scope) => string; what: (scope: Scope) => string; acts: (scope: Scope) => string[] } {
  const { t } = useTranslation('access');
  const text = useText();
  const row = useRow();
  const nameOf = useKnownPatient();
  const act = (verb: string) => t(`grants.acts.${verb.replace('.', '-')}` as never, { defaultValue: verb });
  return {
    whom: ({ patient, department }) => (patient ? nameOf(patient) : t('grants.wholeDepartment', { name: text(departments[department ?? '']) })),
    what: ({ verbs }) => row(partsOf(verbs ?? []).map((part) => t(`ask.parts.${part}`))),
    acts: ({ verbs }) => (verbs ?? []).map(act),
  };
}
