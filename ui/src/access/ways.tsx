import { lazy, Suspense, useState, type ReactNode } from 'react';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import type { Choice } from '@/kit/ReasonDialog';
import { useText } from '@/language/text';

const ReasonDialog = lazy(() => import('@/kit/ReasonDialog').then(({ ReasonDialog }) => ({ default: ReasonDialog })));
const BreakGlassDialog = lazy(() => import('@/kit/BreakGlassDialog').then(({ BreakGlassDialog }) => ({ default: BreakGlassDialog })));

/** How long each way lasts, as docs/policy.md has it. */
export const reasonHours = 24;
export const glassHours = 4;
const glassLengths = [1, 2, 4, 8];

/** Whom one wants to open, as far as one may know. */
export interface Wanted {
  id: string;
  name: string;
  recordNumber?: string;
  department?: string;
}

export interface Ways {
  onReason: (wanted: Wanted) => void;
  onBreakGlass: (wanted: Wanted) => void;
  /** To be placed somewhere on the page. */
  dialogs: ReactNode;
}

/** The ways past a refusal: stating a reason, or breaking the glass. onOpened is called once one was taken. */
export function useWays(onOpened: (patient: string) => void): Ways {
  const [asked, setAsked] = useState<{ way: 'reason' | 'glass'; wanted: Wanted }>();
  const text = useText();
  const fault = useFault();
  const choices = queries.useQuery('get', '/api/reason-choices', {}, { staleTime: Infinity, enabled: asked !== undefined });
  const taken = async (patient: string) => {
    setAsked(undefined);
    await cache.invalidateQueries();
    onOpened(patient);
  };
  const state = queries.useMutation('post', '/api/patients/{id}/stated-reason', { onSuccess: ({ patient }) => taken(patient) });
  const glass = queries.useMutation('post', '/api/patients/{id}/break-glass', { onSuccess: ({ patient }) => taken(patient) });

  const offered = (kind: 'reason' | 'glass'): Choice[] =>
    (choices.data?.choices ?? []).filter((choice) => choice.kind === kind).map(({ id, name }) => ({ id, name: text(name), needsWords: id === 'other' }));
  const ask = (way: 'reason' | 'glass') => (wanted: Wanted) => {
    state.reset();
    glass.reset();
    setAsked({ way, wanted });
  };
  const close = () => setAsked(undefined);
  const to = { params: { path: { id: asked?.wanted.id ?? '' } } };

  return {
    onReason: ask('reason'),
    onBreakGlass: ask('glass'),
    dialogs: asked && (
      <Suspense fallback={null}>
        <ReasonDialog
          open={asked.way === 'reason'}
          patient={asked.wanted.name}
          hours={reasonHours}
          choices={offered('reason')}
          busy={state.isPending}
          error={fault(state.error ?? choices.error)}
          onState={(reason) => state.mutate({ ...to, body: reason })}
          onClose={close}
        />
        <BreakGlassDialog
          open={asked.way === 'glass'}
          patient={{ name: asked.wanted.name, recordNumber: asked.wanted.recordNumber ?? '', department: asked.wanted.department }}
          choices={offered('glass')}
          hours={glassLengths}
          usualHours={glassHours}
          busy={glass.isPending}
          error={fault(glass.error ?? choices.error)}
          onBreak={(breakGlass) => glass.mutate({ ...to, body: breakGlass })}
          onClose={close}
        />
      </Suspense>
    ),
  };
}
