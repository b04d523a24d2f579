import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { App } from 'antd';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import type { Reasoned } from './SayWhy';
import { asWire } from './template';
import { TemplatePage } from './TemplatePage';

const SayWhy = lazy(() => import('./SayWhy'));
const ReleaseDialog = lazy(() => import('./ReleaseDialog'));

export function Component() {
  const { t } = useTranslation('template');
  const { id = '' } = useParams();
  const { person, roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const navigate = useNavigate();
  const [open, setOpen] = useState<Reasoned | 'release'>();
  const params = { params: { path: { id } } };
  const seen = queries.useQuery('get', '/api/templates/{id}', params, { refetchOnWindowFocus: false });
  const settled = { onSuccess: () => cache.invalidateQueries(), onError: (error: unknown) => void message.error(fault(error)) };
  const save = queries.useMutation('put', '/api/templates/{id}', settled);
  const submit = queries.useMutation('post', '/api/templates/{id}/submit', settled);
  const next = queries.useMutation('post', '/api/templates', { ...settled, onSuccess: async (made) => {
    await cache.invalidateQueries();
    void navigate(`/templates/${made.id}`);
  } });
  const failure = failureOf(seen);
  if (failure) return <NotOpened error={failure} what={t('title')} onRetry={() => void seen.refetch()} />;
  if (!seen.data) return <Waiting />;
  const { rev, state } = seen.data;
  return (
    <>
      <TemplatePage
        // A step begins the page anew; what somebody else saves meanwhile does not take away what is written here.
        key={`${id} ${state}`}
        seen={seen.data}
        designs={may(roles, 'designForms')}
        releases={may(roles, 'releaseForms') && !seen.data.authors.includes(person)}
        retires={may(roles, 'releaseForms')}
        busy={save.isPending || submit.isPending || next.isPending}
        onSave={(content, of) => save.mutateAsync({ ...params, body: { content: asWire(content), rev: of } })}
        onSubmit={(of) => submit.mutate({ ...params, body: { rev: of } })}
        onNext={(content) => next.mutate({ body: { content: asWire(content) } })}
        onOpen={setOpen}
      />
      <Suspense fallback={null}>
        {open === 'release' && <ReleaseDialog id={id} rev={rev} onClose={() => setOpen(undefined)} />}
        {open && open !== 'release' && <SayWhy id={id} rev={rev} way={open} onClose={() => setOpen(undefined)} />}
      </Suspense>
    </>
  );
}
