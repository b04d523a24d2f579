import type { Schemas } from '@/api/client';

type Observation = Schemas['RecordObservation'];

/** The single values of an observation: those of a panel one by one, or the observation itself. */
export function readingsOf(observation: Observation): Observation[] {
  const parts = observation.finding.parts ?? [];
  if (parts.length === 0) return [observation];
  return parts.map((finding, index) => ({ ...observation, id: `${observation.id}-${index}`, finding }));
}
