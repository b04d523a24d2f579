import type { Schemas } from '@/api/client';

export type Task = Schemas['DutyTask'];
export type Detail = Schemas['DutyDetail'];

/** The parts of the inbox, as the API names them. */
export const boxes = ['todo', 'done', 'mine'] as const;
export type Box = (typeof boxes)[number];

/** What may be done to a task, without the name of the room. */
export const verbs = ['take', 'done', 'return', 'delegate', 'ask-extension', 'grant-extension', 'pause', 'resume', 'cancel'] as const;
export type Verb = (typeof verbs)[number];

/** What the server offers, in the order in which it is shown. */
export function offered(actions: string[] | null): Verb[] {
  return verbs.filter((verb) => actions?.includes(`duty.${verb}`));
}

/** After these the task no longer waits for whoever did it. */
const leaving = new Set<Verb>(['done', 'return', 'delegate', 'cancel']);

/** The task to open after one was acted upon: the one below it, or else above; the same one while it still waits. */
export function openNext(listed: { id: string }[], acted: string, verb: Verb): string | undefined {
  if (!leaving.has(verb)) return acted;
  const at = listed.findIndex(({ id }) => id === acted);
  return at < 0 ? undefined : (listed[at + 1] ?? listed[at - 1])?.id;
}

export const boxPath = (box: Box) => (box === 'todo' ? '/duties' : `/duties/${box}`);
export const taskPath = (task: string) => `/duties#${task}`;
