import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';

export type Due = Schemas['RetentionDue'];
export type Destruction = Schemas['RetentionDestruction'];
export type Seen = Schemas['RetentionSeenDestruction'];
export type Listed = Schemas['RetentionDestructionItem'];
export type Hold = Schemas['RetentionHold'];

/** Where a destruction or a record on its list stands, in the colour that says so. */
export const tones: Record<string, Tone> = {
  drawn: 'info',
  appraised: 'info',
  approved: 'warning',
  destroyed: 'neutral',
  stopped: 'neutral',
  listed: 'warning',
  kept: 'success',
};

/** How long, in milliseconds, the word of a witness holds. */
const witnessed = 2 * 60 * 60 * 1000;

/** How many witness a destruction. */
export const witnesses = 2;

/** Who has said lately that he is present. */
export function present({ steps }: Pick<Seen, 'steps'>, now: number): string[] {
  return steps.filter(({ kind, at }) => kind === 'witness' && now - Date.parse(at) < witnessed).map(({ person }) => person);
}

/** What somebody may do about a list now, besides its office's approval. */
export type Step = 'appraise' | 'approve' | 'witness' | 'destroy' | 'stop';

/** The steps that are open to a person with these roles. The server decides again. */
export function stepsFor(seen: Seen, person: string, roles: string[], may: (step: Step) => boolean, now: number): Step[] {
  const own = seen.drawnBy === person;
  const there = present(seen, now);
  const open: Record<Step, boolean> = {
    appraise: seen.state === 'drawn' && !own,
    approve: seen.state === 'appraised' && !own && roles.includes(seen.office ?? ''),
    witness: seen.state === 'approved' && !own && !there.includes(person),
    destroy: seen.state === 'approved' && there.length >= witnesses && !there.includes(person),
    stop: seen.state !== 'destroyed' && seen.state !== 'stopped',
  };
  return (Object.keys(open) as Step[]).filter((step) => open[step] && may(step));
}
