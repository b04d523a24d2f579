import { useSyncExternalStore } from 'react';
import type { Problem } from './client';
import { fetchSteppingUp } from './step-up';

/** An important operation that another person must confirm, as the server names it. */
export interface SecondWanted {
  verb: string;
  kind: string;
  object: string;
  said: string;
  minutes: number;
}

interface Asked {
  wanted: SecondWanted;
  settle: (confirmed: boolean) => void;
}

let asked: Asked[] = [];
const listeners = new Set<() => void>();

function tell(next: Asked[]): void {
  asked = next;
  listeners.forEach((listen) => listen());
}

function ask(wanted: SecondWanted): Promise<boolean> {
  return new Promise((settle) => tell([...asked, { wanted, settle }]));
}

/** Ends the question that is open: somebody has confirmed, or the reader gives up. */
export function settleSecond(confirmed: boolean): void {
  const [first, ...others] = asked;
  first?.settle(confirmed);
  tell(others);
}

/** The operation that waits for a second person, the first of several. */
export function useSecondAsked(): SecondWanted | undefined {
  return useSyncExternalStore(
    (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    () => asked[0]?.wanted,
  );
}

const refused = 403;

async function wantedBy(answer: Response): Promise<SecondWanted | undefined> {
  if (answer.status !== refused) return undefined;
  const problem = (await answer
    .clone()
    .json()
    .catch(() => undefined)) as Problem | undefined;
  return problem?.code === 'act.second-wanted' ? (problem.extra as SecondWanted) : undefined;
}

/** Sends a request; one that another person must confirm waits for that, and is sent once more, the same. */
export async function fetchBySecond(request: Request): Promise<Response> {
  const again = request.clone();
  const answer = await fetchSteppingUp(request);
  const wanted = await wantedBy(answer);
  return wanted && (await ask(wanted)) ? fetchSteppingUp(again) : answer;
}
