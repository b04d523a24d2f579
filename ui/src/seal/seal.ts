import type { Schemas } from '@/api/client';

export type Seal = Schemas['AccessSeal'];
export type SealSeen = Schemas['SealSeenOut'];
export type Opened = Schemas['AccessOpened'];
export type Bar = Schemas['AccessBar'];

export const sealKinds = ['attention', 'dispute'] as const;
export const barCauses = ['dispute', 'relative', 'own-wish', 'breach'] as const;
