/** The kinds of sensitive history, in the order in which they are shown. */
export const sensitiveKinds = ['infectious', 'genetic', 'psychiatric', 'reproductive', 'confidential'] as const;

export type SensitiveKind = (typeof sensitiveKinds)[number];
