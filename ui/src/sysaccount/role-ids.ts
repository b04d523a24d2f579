/** The roles that people hold here, as the rules know them. */
export const roleIDs = [
  'resident', 'attending', 'chief', 'nurse', 'head-nurse', 'pharmacist', 'technician', 'records-clerk', 'coder', 'medical-affairs', 'nursing-affairs', 'quality', 'patient-relations',
  'science-education', 'personnel', 'discipline', 'auditor', 'president', 'administrator-on-duty', 'researcher', 'student', 'it-head', 'security-administrator', 'system-administrator',
  'network-administrator', 'dba', 'vendor-engineer',
];
