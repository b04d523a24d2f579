import { useEffect, useState } from 'react';
import { api } from '@/api/client';
import { useFault } from '@/api/fault';

/** What the screen shows for a telephone or a camera. */
export interface ScanShown {
  ceremony: string;
  qr: string;
  digits: string;
}

/** A telephone that signs, or an adapter that looks at somebody. */
export type ScanKind = 'scan' | 'face';

export type ScanState = 'waiting' | 'signed' | 'declined' | 'over';

const every = 2000;

async function look(kind: ScanKind, ceremony: string): Promise<{ state?: ScanState; error?: unknown }> {
  if (kind === 'scan') {
    const { data, error } = await api.POST('/api/session/scan/look', { body: { ceremony } });
    return data ?? { error };
  }
  const { data, error } = await api.POST('/api/session/face/look', { body: { ceremony } });
  return data ? { state: data.state === 'seen' ? 'signed' : data.state } : { error };
}

/** Asks every two seconds how far it has come, until it has come to an end; onSigned is called once. */
export function useScanState(kind: ScanKind, shown: ScanShown | undefined, onSigned: (ceremony: string) => void): { state: ScanState; error: string | undefined } {
  const fault = useFault();
  const [state, setState] = useState<ScanState>('waiting');
  const [problem, setProblem] = useState<unknown>();
  const ceremony = shown?.ceremony;
  useEffect(() => {
    if (ceremony === undefined) return;
    let left = false;
    let timer: number | undefined;
    const ask = async () => {
      const answer = await look(kind, ceremony);
      if (left) return;
      setProblem(answer.error);
      if (answer.state) setState(answer.state);
      if (answer.state === 'signed') onSigned(ceremony);
      else if (answer.state === 'waiting') timer = window.setTimeout(() => void ask(), every);
    };
    void ask();
    return () => {
      left = true;
      window.clearTimeout(timer);
    };
  }, [kind, ceremony, onSigned]);
  return { state, error: problem === undefined ? undefined : fault(problem) };
}
