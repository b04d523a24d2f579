import { useSyncExternalStore } from 'react';
import type { Problem } from './client';

/** Somebody is asked to show again who he is; settles whether he has. */
interface Asked {
  promise: Promise<boolean>;
  settle: (shown: boolean) => void;
}

let asked: Asked | undefined;
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listen) => listen());

/** Asks the reader, once for all that wait for it at the same time. */
function ask(): Promise<boolean> {
  if (!asked) {
    let settle: Asked['settle'] = () => undefined;
    const promise = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    asked = { promise, settle };
    tell();
  }
  return asked.promise;
}

/** What to do with the question that is open: say that he has shown it, or that he does not want to. */
export function settleStepUp(shown: boolean): void {
  asked?.settle(shown);
  asked = undefined;
  tell();
}

/** Whether somebody is to show again who he is. */
export function useStepUpAsked(): boolean {
  return useSyncExternalStore(
    (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    () => asked !== undefined,
  );
}

const refused = 403;

async function asksStepUp(answer: Response): Promise<boolean> {
  if (answer.status !== refused) return false;
  const problem = (await answer
    .clone()
    .json()
    .catch(() => undefined)) as Problem | undefined;
  return problem?.code === 'act.refused' && (problem.extra as { way?: string } | undefined)?.way === 'step-up';
}

/** Sends a request; one that wants its sender to show again who he is waits for that, and is sent once more. */
export async function fetchSteppingUp(request: Request): Promise<Response> {
  const again = request.clone();
  const answer = await fetch(request);
  return (await asksStepUp(answer)) && (await ask()) ? fetch(again) : answer;
}
