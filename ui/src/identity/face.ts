import type { Schemas } from '@/api/client';

export type Face = Schemas['IdentityFace'];

const tenths = 10;

/** How surely somebody living was seen, of a hundred; the server says it of a thousand. */
export const seen = (live: number): string => `${live / tenths}%`;

/** The one by which its person signs in now. */
export const inUse = (faces: Face[]): Face | undefined => faces.find(({ ended }) => !ended);
