import type { Schemas } from '@/api/client';
import type { EventKind, TimelineEvent } from '@/kit/Timeline';
import { useTerm } from '@/language/terms';
import { useRow, useText } from '@/language/text';
import { statesOf } from '@/record/states';
import { useTitles } from '@/record/titles';
import type { Departments } from '@/staff/departments';
import type { People } from '@/staff/person';
import type { Patient } from './PatientPage';
import { readingsOf } from './readings';

type Line = Schemas['RecordLine'];
type Observation = Schemas['RecordObservation'];
type Order = Schemas['RecordOrder'];

/** What was read of a patient so far, each list newest first. */
export interface Happened {
  patient: Patient;
  documents: Line[];
  observations: Observation[];
  orders: Order[];
  people: People;
  /** Lists that go on further back than what was read. */
  unfinished: { at: string }[][];
}

/** The places that an event of the timeline leads to, by the id of the event. */
export type EventPlace = { kind: 'document'; id: string } | { kind: 'tab'; tab: 'observations' | 'orders' | 'team' };

export function placeOf(event: string): EventPlace {
  const [kind = '', id = ''] = event.split(':');
  if (kind === 'document') return { kind, id };
  return { kind: 'tab', tab: kind === 'order' ? 'orders' : kind === 'encounter' ? 'team' : 'observations' };
}

const imaging = 'C0006';
const kindOf = ({ kind }: Line): EventKind => (kind === imaging ? 'imaging' : 'document');

/**
 * Lays documents, results, orders and encounters on one line of time. Nothing
 * older than where an unfinished list ends is shown, lest it seem complete.
 */
export function useTimeline(departments: Departments): (happened: Happened) => TimelineEvent[] {
  const text = useText();
  const term = useTerm();
  const { ofDocument } = useTitles();
  const inRow = useRow();
  const place = (department: string | undefined) => text(departments[department ?? '']);
  const name = (people: People, person: string | undefined) => text(people[person ?? '']);
  const joined = (...parts: string[]) => parts.filter(Boolean).join(' · ');

  return ({ patient, documents, observations, orders, people, unfinished }) => {
    const horizon = unfinished
      .map((list) => list.at(-1)?.at ?? '')
      .sort()
      .at(-1);
    const events: TimelineEvent[] = [
      ...documents.map((line) => ({
        id: `document:${line.id}`,
        at: line.at,
        kind: kindOf(line),
        title: ofDocument(line),
        by: joined(line.institution ?? '', name(people, line.author), place(line.department)),
        states: statesOf({ ...line, reported: line.source !== undefined && line.state === 'filed' }),
        version: line.version,
      })),
      ...observations.map((row) => ({
        id: `observation:${row.id}`,
        at: row.at,
        kind: isVitalSigns(row) ? ('observation' as const) : ('lab' as const),
        title: row.finding.name,
        summary: inRow(readingsOf(row).map(({ finding }) => `${finding.name} ${finding.value}${finding.unit ?? ''}`)),
      })),
      ...orders.map((row) => ({
        id: `order:${row.id}`,
        at: row.at,
        kind: 'order' as const,
        title: row.instruction.name,
        summary: [row.instruction.dose, row.instruction.route, row.instruction.frequency].filter(Boolean).join(' '),
      })),
      ...(patient.encounters ?? []).map((stay) => ({
        id: `encounter:${stay.id}`,
        at: stay.since,
        kind: 'encounter' as const,
        title: term('encounter', stay.kind),
        by: joined(place(stay.department), name(patient.people, stay.attending)),
      })),
    ];
    return horizon ? events.filter(({ at }) => Date.parse(at) >= Date.parse(horizon)) : events;
  };
}

const vitalSigns = 'loinc|8716-3';
const isVitalSigns = ({ code }: Observation) => code === vitalSigns;
