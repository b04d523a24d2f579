import type { Schemas } from '@/api/client';

/** How much waits for somebody, and how much of it is late. */
export type Waits = Pick<Schemas['DutyWaits'], 'todo' | 'late' | 'more'>;
