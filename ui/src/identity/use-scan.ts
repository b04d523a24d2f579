import { useEffect, useState } from 'react';
import { api } from '@/api/client';
import { useFault } from '@/api/fault';

/** What the screen shows for a telephone to scan. */
export interface ScanShown {
  ceremony: string;
  qr: string;
  digits: string;
}

export type ScanState = 'waiting' | 'signed' | 'declined' | 'over';

const every = 2000;

/** Asks every two seconds how far a scan has come, until it has come to an end; onSigned is called once. */
export function useScanState(shown: ScanShown | undefined, onSigned: (ceremony: string) => void): { state: ScanState; error: string | undefined } {
  const fault = useFault();
  const [state, setState] = useState<ScanState>('waiting');
  const [problem, setProblem] = useState<unknown>();
  const ceremony = shown?.ceremony;
  useEffect(() => {
    if (ceremony === undefined) return;
    let left = false;
    let timer: number | undefined;
    const look = async () => {
      const { data, error } = await api.POST('/api/session/scan/look', { body: { ceremony } });
      if (left) return;
      setProblem(error);
      if (data) setState(data.state);
      if (data?.state === 'signed') onSigned(ceremony);
      else if (data?.state === 'waiting') timer = window.setTimeout(() => void look(), every);
    };
    void look();
    return () => {
      left = true;
      window.clearTimeout(timer);
    };
  }, [ceremony, onSigned]);
  return { state, error: problem === undefined ? undefined : fault(problem) };
}
