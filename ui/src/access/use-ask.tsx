import { App } from 'antd';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { useSession } from '@/app/session';
import { day } from '@/language/time';
import { verbsFor } from './grant';

const AskDialog = lazy(() => import('./AskDialog'));

export interface Subject {
  patient?: string;
  department?: string;
  /** As far as the reader may know. */
  name: string;
}

/** Applying to others for access to a patient or a department. */
export function useAsk(): { onAsk: (subject: Subject) => void; dialog: ReactNode } {
  const { t } = useTranslation('access');
  const { purposes, purpose } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const [subject, setSubject] = useState<Subject>();
  const choices = queries.useQuery('get', '/api/grant-choices', {}, { staleTime: Infinity, enabled: subject !== undefined });
  const ask = queries.useMutation('post', '/api/grant-requests', {
    onSuccess: async () => {
      setSubject(undefined);
      void message.success(t('ask.sent'));
      await cache.invalidateQueries();
    },
  });
  return {
    onAsk: (next) => {
      ask.reset();
      setSubject(next);
    },
    dialog: subject && choices.data && (
      <Suspense fallback={null}>
        <AskDialog
          what={subject.name}
          purposes={purposes}
          purpose={purpose}
          longest={Object.fromEntries((choices.data.purposes ?? []).map(({ id, days }) => [id, days]))}
          busy={ask.isPending}
          error={fault(ask.error)}
          onAsk={({ parts, purpose: chosen, days, words, urgent, exception }) =>
            ask.mutate({
              body: {
                words,
                urgent,
                exception,
                scope: {
                  ...(subject.patient ? { patient: subject.patient } : { department: subject.department }),
                  verbs: verbsFor(parts, chosen),
                  purpose: chosen,
                  until: new Date(Date.now() + days * day - 60_000).toISOString(),
                },
              },
            })
          }
          onClose={() => setSubject(undefined)}
        />
      </Suspense>
    ),
  };
}
