import type { ReactNode } from 'react';
import { PatientBanner } from '@/kit/PatientBanner';
import { useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import type { Patient } from './PatientPage';

/** The banner of a patient as the API gives him. */
export function Banner({ patient, departments, actions }: { patient: Patient; departments: Departments; actions?: ReactNode }) {
  const text = useText();
  const stay = patient.encounters?.find((encounter) => !encounter.until);
  const attending = stay?.attending && text(patient.people[stay.attending]);
  return (
    <PatientBanner
      name={patient.name}
      sex={patient.sex}
      {...(patient.age !== undefined && { age: patient.age })}
      recordNumber={patient.recordNumber ?? '–'}
      department={text(departments[stay?.department ?? patient.department ?? ''])}
      {...(stay?.bed && { bed: stay.bed })}
      {...(attending && { attending })}
      allergies={patient.allergies ?? []}
      sensitivity={patient.level}
      purpose={patient.purpose}
      {...(patient.tie && { tie: patient.tie.kind, ...(patient.tie.until && { until: patient.tie.until }) })}
      actions={actions}
    />
  );
}
