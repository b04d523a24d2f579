const kinds = ['laboratory', 'imaging', 'pathology', 'examination', 'operation', 'consultation', 'meeting', 'pharmacy', 'hand-over'] as const;
export type RequisitionKind = (typeof kinds)[number];

/** The kind of a requisition; one that this version does not know is some examination. */
export function requisitionKind(kind: string | undefined): RequisitionKind {
  return kinds.find((one) => one === kind) ?? 'examination';
}
