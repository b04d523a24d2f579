/**
 * Which roles the rules let do what at all (docs/policy.md). The interface
 * offers no more than that; each act is decided by the server.
 */
const clinicians = ['resident', 'attending', 'chief', 'nurse', 'head-nurse', 'pharmacist', 'technician'];
/** Who speaks with the patient. */
const atBedside = clinicians.filter((role) => role !== 'pharmacist' && role !== 'technician');
const seniors = ['attending', 'chief'];
/** Who runs the house and its machines. */
const platform = ['security-administrator', 'system-administrator', 'network-administrator', 'dba', 'vendor-engineer'];
/** Whoever holds any post. */
const everybody = '*';

const doers = {
  findPatients: [...clinicians, 'records-clerk', 'medical-affairs', 'quality'],
  seeRequisitions: clinicians,
  seeWorklist: ['records-clerk', 'coder', 'quality'],
  assignWork: ['records-clerk', 'quality'],
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
  inspect: ['auditor', 'discipline', 'medical-affairs', 'president'],
  seeStaff: ['security-administrator', 'system-administrator', 'auditor', 'discipline', 'medical-affairs', 'quality', 'president', 'personnel', 'science-education', 'nursing-affairs'],
  keepStaff: ['security-administrator'],
  seeStays: ['security-administrator', 'personnel', 'science-education', 'auditor'],
  sponsor: ['attending', 'chief', 'head-nurse', 'pharmacist', 'technician', 'it-head', 'security-administrator', 'personnel', 'science-education', 'auditor'],
  keepStays: ['security-administrator', 'personnel', 'science-education'],
  recordLeave: ['security-administrator', 'personnel'],
  takeRoster: ['security-administrator', 'personnel'],
  seeExits: ['security-administrator', 'personnel', 'science-education', 'auditor'],
  signExits: ['chief', 'system-administrator', 'security-administrator', 'it-head', 'personnel', 'science-education', 'auditor'],
  keepQualifications: ['personnel', 'medical-affairs', 'nursing-affairs', 'security-administrator'],
  signUndertakings: [everybody],
  keepUndertakings: ['security-administrator', 'medical-affairs'],
  keepVendors: ['security-administrator', 'it-head'],
  ask: [everybody],
  approve: ['chief', 'attending', 'head-nurse', 'medical-affairs', 'nursing-affairs', 'administrator-on-duty', 'it-head', 'science-education', 'president'],
  revokeAny: ['medical-affairs', 'discipline', 'security-administrator'],
  openReviews: ['medical-affairs', 'security-administrator'],
  reviewGrants: ['chief', 'head-nurse', 'medical-affairs', 'security-administrator', 'it-head', 'nursing-affairs', 'president', 'discipline', 'auditor'],
  seal: ['medical-affairs', 'administrator-on-duty'],
  keepSeals: ['medical-affairs'],
  openSeals: ['medical-affairs', 'discipline', 'auditor', 'administrator-on-duty'],
  seeSeals: ['medical-affairs', 'discipline', 'auditor'],
  keepBars: ['medical-affairs'],
  seeReach: ['medical-affairs', 'discipline', 'auditor'],
  seePatientReach: [...seniors, 'medical-affairs', 'discipline', 'auditor'],
  simulate: ['security-administrator', 'medical-affairs', 'discipline', 'auditor'],
  seePolicy: ['security-administrator', 'medical-affairs', 'quality', 'records-clerk', 'president', 'discipline', 'auditor'],
  writeReleases: ['security-administrator', 'medical-affairs'],
  reviewReleases: ['security-administrator', 'medical-affairs', 'discipline'],
  rollBackReleases: ['security-administrator', 'medical-affairs', 'administrator-on-duty'],
  seeSharing: ['records-clerk', 'patient-relations', 'medical-affairs', 'president', 'auditor', 'discipline'],
  receiveSharing: ['records-clerk', 'patient-relations', 'medical-affairs'],
  seeConsents: [...atBedside, 'records-clerk', 'patient-relations', 'medical-affairs'],
  publishConsents: ['medical-affairs'],
  seeConsentForms: ['records-clerk', 'patient-relations', 'medical-affairs', 'science-education', 'discipline', 'auditor'],
  seeExemptions: ['medical-affairs', 'discipline', 'auditor'],
  seeOutputs: [everybody],
  unmask: [...clinicians, 'records-clerk', 'medical-affairs', 'quality', 'patient-relations', 'coder'],
  print: atBedside,
  copy: atBedside,
  forward: clinicians,
  export: ['resident', ...seniors, 'medical-affairs', 'patient-relations', 'nursing-affairs', 'president', 'personnel', 'records-clerk', 'coder', 'quality', 'auditor', 'discipline', 'researcher'],
  approveOutputs: ['medical-affairs', 'president', 'science-education'],
  disposeOutputs: ['medical-affairs', 'discipline'],
  setOutputProfiles: ['medical-affairs'],
  setRoutes: ['security-administrator', 'it-head'],
  seePrivilege: [...platform, 'it-head', 'administrator-on-duty', 'president', 'auditor', 'discipline'],
  askPrivilege: [...platform, 'it-head'],
  decidePrivilege: ['it-head', 'system-administrator', 'network-administrator', 'dba', 'security-administrator', 'president'],
  secondPrivilege: [...platform, 'it-head', 'administrator-on-duty'],
  keepEnvelopes: ['system-administrator', 'network-administrator', 'dba', 'security-administrator', 'it-head'],
  reviewPrivilege: ['it-head', 'security-administrator'],
  replayPrivilege: ['auditor'],
  disposePrivilege: ['auditor', 'security-administrator'],
  seeDuties: [everybody],
  lockAccounts: ['security-administrator'],
  setSignInRules: ['security-administrator'],
  disposeFindings: [...seniors, 'head-nurse', 'security-administrator'],
  seeFindings: [...seniors, 'head-nurse', 'security-administrator', 'auditor', 'discipline'],
  orderDuties: [...seniors, 'head-nurse', 'medical-affairs', 'quality', 'president', 'auditor', 'discipline', 'security-administrator', 'system-administrator'],
  setRoster: [...seniors, 'head-nurse', 'medical-affairs', 'security-administrator'],
  setHouseRoster: ['medical-affairs', 'security-administrator'],
  setRules: ['medical-affairs', 'quality', 'security-administrator'],
  setCalendar: ['medical-affairs', 'system-administrator'],
  setChannels: ['security-administrator'],
} satisfies Record<string, string[]>;

export type Doing = keyof typeof doers;

export function may(roles: string[], doing: Doing): boolean {
  return doers[doing].some((role) => (role === everybody ? roles.length > 0 : roles.includes(role)));
}
