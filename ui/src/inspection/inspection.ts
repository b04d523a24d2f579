import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';

export type Draw = Schemas['InspectionDraw'];
export type Dossier = Schemas['InspectionDossier'];
export type Question = Schemas['InspectionQuestion'];
export type Verdict = Dossier['verdict'];

/** What can be drawn, in the order in which it is offered. */
export const kinds = ['patient', 'person', 'leaver', 'seal', 'glass', 'grant'] as const;
export type Kind = (typeof kinds)[number];

export const toneOf: Record<Verdict, Tone> = { 'in-order': 'success', 'to-explain': 'warning', 'not-in-order': 'error' };

/** How many answers came to each verdict. */
export function tally(questions: Question[]): Record<Verdict, number> {
  const count = { 'in-order': 0, 'to-explain': 0, 'not-in-order': 0 };
  for (const { verdict } of questions) count[verdict] += 1;
  return count;
}
