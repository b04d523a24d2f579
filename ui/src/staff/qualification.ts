import type { Schemas } from '@/api/client';

export type Qualification = Schemas['StaffQualification'];

export const qualificationKinds = ['physician-licence', 'nurse-licence', 'pharmacist-title', 'technician-title', 'coder-certificate', 'title'] as const;
export type QualificationKind = (typeof qualificationKinds)[number];
