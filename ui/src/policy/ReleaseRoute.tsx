import { App, Button } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useParams } from 'react-router';
import { useKnownPatient } from '@/access/live-reasons';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { usePeople } from '@/staff/use-people';
import { ReleasePage, type Draft } from './ReleasePage';
import { ReviewDialog } from './ReviewDialog';

/** Only who sets a date needs a calendar. */
const DateDialog = lazy(async () => ({ default: (await import('./DateDialog')).DateDialog }));

const fresh: Draft = { title: '', rules: '', cases: [], limits: {} };
/** How long somebody rests before his rules are looked at. */
const rest = 600;

export function Component() {
  const { t } = useTranslation('policy');
  const { id } = useParams();
  const { state } = useLocation() as { state: { copy?: Draft } | null };
  const { roles, person } = useSession();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const fault = useFault();
  const nameOf = useKnownPatient();
  const [dialog, setDialog] = useState<'review' | 'date'>();
  const path = { id: id ?? '' };
  const known = queries.useQuery('get', '/api/policy/releases/{id}', { params: { path } }, { enabled: id !== undefined });
  const words = queries.useQuery('get', '/api/policy/words', {}, { staleTime: Infinity });
  const done = async () => {
    setDialog(undefined);
    await cache.invalidateQueries();
  };
  const draft = queries.useMutation('post', '/api/policy/releases', { onSuccess: async (made) => navigate(`/policy/releases/${made.id}`, { replace: true }) });
  const rewrite = queries.useMutation('put', '/api/policy/releases/{id}', {
    onSuccess: async () => {
      void message.success(t('release.saved'));
      await done();
    },
  });
  const trial = queries.useMutation('post', '/api/policy/releases/{id}/try', { onSuccess: done });
  const review = queries.useMutation('post', '/api/policy/releases/{id}/review', { onSuccess: done });
  const date = queries.useMutation('post', '/api/policy/releases/{id}/date', {
    onSuccess: async () => {
      void message.success(t('release.dated'));
      await done();
    },
  });
  const seen = known.data;
  const checking = useChecking(seen?.rules ?? state?.copy?.rules);
  const people = usePeople([...(seen?.writers ?? []), ...(trial.data?.trial.changed ?? []).map(({ person }) => person)]);
  const failure = failureOf(known) ?? failureOf(words);
  if (failure) return <NotOpened error={failure} what={t('releases.title')} onRetry={() => void known.refetch()} />;
  if (!words.data || (id && !seen)) return <Waiting />;
  const writes = may(roles, 'writeReleases');
  const rev = seen?.rev ?? 0;
  const open = seen && seen.state !== 'dated';
  return (
    <>
      <ReleasePage
        key={`${id ?? 'new'}-${rev}`}
        seen={seen}
        draft={seen ?? state?.copy ?? fresh}
        words={words.data}
        people={people}
        tried={trial.data}
        patientName={nameOf}
        problems={checking.problems}
        busy={draft.isPending || rewrite.isPending}
        error={fault(draft.error ?? rewrite.error ?? trial.error)}
        onSave={writes && seen?.state !== 'dated' ? (values) => (seen ? rewrite.mutate({ params: { path }, body: { ...values, rev } }) : draft.mutate({ body: values })) : undefined}
        onRules={checking.check}
        actions={
          seen && (
            <>
              {writes && <Button onClick={() => void navigate('/policy/releases/new', { state: { copy: { title: seen.title, rules: seen.rules, cases: seen.cases, limits: seen.limits } } })}>{t('release.copy')}</Button>}
              {writes && open && (
                <Button loading={trial.isPending} onClick={() => trial.mutate({ params: { path }, body: { rev } })}>
                  {t('release.try')}
                </Button>
              )}
              {may(roles, 'reviewReleases') && seen.state === 'tried' && !seen.writers?.includes(person) && (
                <Button type="primary" onClick={() => setDialog('review')}>
                  {t('release.review')}
                </Button>
              )}
              {writes && (seen.state === 'reviewed' || seen.inForce) && (
                <Button type="primary" onClick={() => setDialog('date')}>
                  {t('release.date')}
                </Button>
              )}
            </>
          )
        }
      />
      {dialog === 'review' && <ReviewDialog busy={review.isPending} error={fault(review.error)} onReview={(agree, said) => review.mutate({ params: { path }, body: { rev, agree, words: said } })} onClose={() => setDialog(undefined)} />}
      {dialog === 'date' && (
        <Suspense fallback={null}>
          <DateDialog busy={date.isPending} error={fault(date.error)} onDate={(when) => date.mutate({ params: { path }, body: { rev, ...when } })} onClose={() => setDialog(undefined)} />
        </Suspense>
      )}
    </>
  );
}

/** Has rules looked at when their writer rests. */
function useChecking(begun: string | undefined) {
  const [rules, setRules] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const asked = rules ?? begun;
  const known = queries.useQuery('post', '/api/policy/check', { body: { rules: asked ?? '' } }, { enabled: asked !== undefined && asked.trim() !== '', placeholderData: (before: Schemas['ProblemsOut'] | undefined) => before });
  return {
    problems: asked?.trim() ? (known.data?.problems ?? undefined) : undefined,
    check: (text: string) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setRules(text), rest);
    },
  };
}
