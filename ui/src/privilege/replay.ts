import type { Schemas } from '@/api/client';

type Event = Schemas['PrivilegeEvent'];

/** What a terminal uses to move and to colour; it says nothing to a reader of text. */
// eslint-disable-next-line no-control-regex -- the control characters are what is looked for
const controls = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-_])|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** How long a recording is, in seconds. */
export function lengthOf(events: Event[]): number {
  return events.at(-1)?.at ?? 0;
}

/** The text that had been shown by a moment. A marker is the command that was run. */
export function shownAt(events: Event[], seconds: number): string {
  return events
    .filter(({ at, kind }) => at <= seconds && (kind === 'o' || kind === 'm'))
    .map(({ kind, text }) => (kind === 'm' ? `▶ ${text}\n` : text))
    .join('')
    .replace(controls, '')
    .replace(/\r+\n/g, '\n')
    .replace(/\r/g, '\n');
}
