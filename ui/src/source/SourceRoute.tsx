import { App } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import type { Reasoned } from './SayWhy';
import type { SourceKey } from './source';
import { SourcePage } from './SourcePage';

const WriteSource = lazy(() => import('./WriteSource'));
const SignAgreement = lazy(() => import('./SignAgreement'));
const SayWhy = lazy(() => import('./SayWhy'));
const IssueKey = lazy(() => import('./IssueKey'));
const RegisterApp = lazy(() => import('./RegisterApp'));
const SecretShown = lazy(() => import('./SecretShown'));

export function Component() {
  const { t } = useTranslation('source');
  const { id = '' } = useParams();
  const { person, roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const [open, setOpen] = useState<'change' | 'app' | 'sign' | Reasoned>();
  const [issuing, setIssuing] = useState<{ follows?: SourceKey }>();
  const [secret, setSecret] = useState<string>();
  const params = { params: { path: { id } } };
  const seen = queries.useQuery('get', '/api/sources/{id}', params);
  const settled = { onSuccess: () => cache.invalidateQueries(), onError: (error: unknown) => void message.error(fault(error)) };
  const approve = queries.useMutation('post', '/api/sources/{id}/approve', settled);
  const begin = queries.useMutation('post', '/api/sources/{id}/begin', settled);
  const endKey = queries.useMutation('post', '/api/sources/{id}/keys/{key}/end', settled);
  const half = queries.useMutation('post', '/api/sources/{id}/keys/{key}/half', {
    ...settled,
    onSuccess: async (made) => {
      setSecret(made.secret);
      await cache.invalidateQueries();
    },
  });
  const failure = failureOf(seen);
  if (failure) return <NotOpened error={failure} what={t('title')} onRetry={() => void seen.refetch()} />;
  if (!seen.data) return <Waiting />;
  const close = () => setOpen(undefined);
  const at = (key: SourceKey) => ({ params: { path: { id, key: key.id } } });
  return (
    <>
      <SourcePage
        source={seen.data}
        me={person}
        keeps={may(roles, 'keepSources')}
        judges={may(roles, 'approveSources')}
        stops={may(roles, 'stopSources')}
        sees={may(roles, 'seeAllowed')}
        issues={may(roles, 'issueSourceKeys')}
        seesQuarantine={may(roles, 'listImports')}
        busy={approve.isPending || begin.isPending}
        onChange={() => setOpen('change')}
        onApp={() => setOpen('app')}
        onSign={() => setOpen('sign')}
        onApprove={() => approve.mutate(params)}
        onBegin={() => begin.mutate(params)}
        onSay={setOpen}
        onIssue={(follows) => setIssuing(follows ? { follows } : {})}
        onHalf={(key) => half.mutate(at(key))}
        onEndKey={(key) => endKey.mutate(at(key))}
      />
      <Suspense fallback={null}>
        {open === 'change' && <WriteSource of={seen.data} onWritten={close} onClose={close} />}
        {open === 'app' && <RegisterApp source={seen.data} onClose={close} />}
        {open === 'sign' && <SignAgreement source={seen.data} onClose={close} />}
        {(open === 'return' || open === 'suspend' || open === 'end') && <SayWhy id={id} way={open} onClose={close} />}
        {issuing && <IssueKey source={seen.data} {...issuing} onIssued={setSecret} onClose={() => setIssuing(undefined)} />}
        {secret && <SecretShown secret={secret} onClose={() => setSecret(undefined)} />}
      </Suspense>
    </>
  );
}
