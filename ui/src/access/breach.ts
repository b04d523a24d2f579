export const breachCauses = ['snooping', 'leak', 'sharing', 'purpose', 'other'] as const;
export const breachGrounds = ['entry', 'finding'] as const;

export type BreachCause = (typeof breachCauses)[number];
export type BreachGround = (typeof breachGrounds)[number];
