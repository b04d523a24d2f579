import type { Patient } from '@/patient/PatientPage';
import type { Departments } from '@/staff/departments';
import { useText } from '@/language/text';
import type { Subject } from './facts';

/** Whom a document of an opened patient is about. */
export function useSubject(): (patient: Patient, departments: Departments) => Subject {
  const text = useText();
  return (patient, departments) => {
    const stay = patient.encounters?.find(({ until }) => !until);
    return {
      name: patient.name,
      sex: patient.sex,
      age: patient.age,
      department: text(departments[stay?.department ?? patient.department ?? '']),
      bed: stay?.bed,
      recordNumber: patient.recordNumber,
    };
  };
}
