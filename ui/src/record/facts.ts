import { useTranslation } from 'react-i18next';
import type { Fact } from '@/kit/Facts';
import { useTerm } from '@/language/terms';

/** Whom a document is about, as its head names him. */
export interface Subject {
  name: string;
  sex: string;
  age?: number;
  department?: string;
  bed?: string;
  recordNumber?: string;
}

/** The line under the title of a document. */
export function useSubjectFacts(): (subject: Subject) => Fact[] {
  const { t } = useTranslation('kit');
  const term = useTerm();
  return ({ name, sex, age, department, bed, recordNumber }) => {
    const facts: (Fact | false | undefined | '')[] = [
      { label: t('paper.name'), value: name },
      { label: t('paper.sex'), value: term('sex', sex) },
      age !== undefined && { label: t('paper.age'), value: t('patient.age', { age }) },
      department && { label: t('paper.department'), value: department },
      bed && { label: t('paper.bed'), value: bed },
      recordNumber && { label: t('paper.recordNumber'), value: recordNumber },
    ];
    return facts.filter((fact): fact is Fact => Boolean(fact));
  };
}
