import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { AccountsFrame } from './AccountsFrame';
import { WaysPage } from './WaysPage';

export function Component() {
  const { t } = useTranslation('identity');
  const { roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const known = queries.useQuery('get', '/api/identity/ways', {});
  const done = {
    onSuccess: async () => {
      void message.success(t('ways.done'));
      await cache.invalidateQueries();
    },
  };
  const add = queries.useMutation('post', '/api/identity/ways', done);
  const set = queries.useMutation('put', '/api/identity/ways/{id}', done);
  const failure = failureOf(known);
  return (
    <AccountsFrame tab="ways" grows>
      {failure ? (
        <NotOpened error={failure} what={t('ways.title')} onRetry={() => void known.refetch()} />
      ) : known.data ? (
        <WaysPage
          ways={known.data.items ?? []}
          inside={known.data.inside ?? []}
          busy={add.isPending || set.isPending}
          error={fault(add.error ?? set.error)}
          onSet={may(roles, 'setSignInRules') ? (body, id, onDone) => (id ? set.mutate({ params: { path: { id } }, body }, { onSuccess: onDone }) : add.mutate({ body }, { onSuccess: onDone })) : undefined}
        />
      ) : (
        <Waiting />
      )}
    </AccountsFrame>
  );
}
