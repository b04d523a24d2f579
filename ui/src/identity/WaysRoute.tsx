import { App } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf, isProblem } from '@/api/problem';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { AccountsFrame } from './AccountsFrame';
import type { Way } from './way-fields';
import { WaysPage } from './WaysPage';

const WayDialog = lazy(() => import('./WayDialog').then(({ WayDialog: dialog }) => ({ default: dialog })));

const unanswered = (error: unknown) => isProblem(error) && error.code === 'identity.way-unanswered';

export function Component() {
  const { t } = useTranslation('identity');
  const { roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const [edited, setEdited] = useState<Partial<Way>>();
  const known = queries.useQuery('get', '/api/identity/ways', {});
  const done = {
    onSuccess: async () => {
      setEdited(undefined);
      void message.success(t('ways.done'));
      await cache.invalidateQueries();
    },
  };
  const add = queries.useMutation('post', '/api/identity/ways', done);
  const set = queries.useMutation('put', '/api/identity/ways/{id}', done);
  const attempt = queries.useMutation('post', '/api/identity/ways/try');
  const forget = () => [add, set, attempt].forEach(({ reset }) => reset());
  const edit = (way: Partial<Way> | undefined) => {
    forget();
    setEdited(way);
  };
  const error = add.error ?? set.error ?? attempt.error;
  const failure = failureOf(known);
  return (
    <AccountsFrame tab="ways" grows>
      {failure ? (
        <NotOpened error={failure} what={t('ways.title')} onRetry={() => void known.refetch()} />
      ) : known.data ? (
        <WaysPage ways={known.data.items ?? []} inside={known.data.inside ?? []} onEdit={may(roles, 'setSignInRules') ? edit : undefined} />
      ) : (
        <Waiting />
      )}
      {edited && (
        <Suspense fallback={null}>
          <WayDialog
            edited={edited}
            busy={add.isPending || set.isPending || attempt.isPending}
            error={fault(error)}
            unanswered={unanswered(error)}
            answered={attempt.isSuccess}
            onTry={(way, id) => {
              forget();
              attempt.mutate({ body: { way, ...(id && { id }) } });
            }}
            onSet={(body, id) => {
              forget();
              if (id) set.mutate({ params: { path: { id } }, body });
              else add.mutate({ body });
            }}
            onClose={() => setEdited(undefined)}
          />
        </Suspense>
      )}
    </AccountsFrame>
  );
}
