/**
 * Which roles the rules let do what at all (docs/policy.md). The interface
 * offers no more than that; each act is decided by the server.
 */
const clinicians = ['resident', 'attending', 'chief', 'nurse', 'head-nurse', 'pharmacist', 'technician'];
const seniors = ['attending', 'chief'];

const doers = {
  findPatients: [...clinicians, 'records-clerk', 'medical-affairs', 'quality'],
  locate: [...clinicians, 'records-clerk', 'medical-affairs'],
  breakGlass: clinicians,
  write: ['resident', 'attending', 'chief', 'nurse', 'head-nurse', 'technician'],
  draft: clinicians,
  sign: clinicians,
  countersign: seniors,
  readers: [...seniors, 'medical-affairs', 'discipline', 'auditor'],
  listReasons: [...seniors, 'head-nurse', 'medical-affairs', 'discipline', 'auditor'],
  reviewReasons: [...seniors, 'head-nurse', 'medical-affairs', 'discipline'],
  endReasons: ['medical-affairs', 'discipline'],
  import: ['system-administrator'],
  listImports: ['system-administrator', 'records-clerk'],
  settleQuarantine: ['records-clerk'],
  searchLedger: ['auditor', 'discipline'],
  seeEvidence: ['auditor', 'discipline', 'system-administrator', 'dba', 'president'],
  seeStaff: ['security-administrator', 'system-administrator', 'auditor', 'discipline', 'medical-affairs', 'quality', 'president'],
  keepStaff: ['security-administrator'],
} satisfies Record<string, string[]>;

export type Doing = keyof typeof doers;

export function may(roles: string[], doing: Doing): boolean {
  return doers[doing].some((role) => roles.includes(role));
}
