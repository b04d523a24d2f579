/** The acts that people look for in the ledger, the most sought first. */
export const verbsShown = [
  'record.view',
  'record.amend',
  'record.sign',
  'record.file',
  'patient.view',
  'patient.find',
  'patient.locate',
  'access.state-reason',
  'access.break-glass',
  'intake.import',
  'ledger.search',
  'identity.sign-in',
] as const;
