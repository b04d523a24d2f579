const kinds = ['laboratory', 'imaging', 'pathology', 'examination', 'operation', 'consultation', 'meeting', 'pharmacy', 'hand-over'] as const;
export type RequisitionKind = (typeof kinds)[number];

/** The kind of a requisition; one that this version does not know is some examination. */
export function requisitionKind(kind: string | undefined): RequisitionKind {
  return kinds.find((one) => one === kind) ?? 'examination';
}

/** What may be asked for, with the roles in which it names people; the first is the usual one. */
export const rolesOf = {
  laboratory: ['technician', 'reporter'],
  imaging: ['technician', 'reporter'],
  pathology: ['technician', 'reporter'],
  examination: ['technician', 'reporter'],
  consultation: ['consultant'],
  meeting: ['chair', 'member'],
  operation: ['surgeon', 'assistant', 'anaesthetist', 'scrub-nurse', 'circulating-nurse'],
  pharmacy: ['pharmacist'],
} as const;
export type AskedKind = keyof typeof rolesOf;
