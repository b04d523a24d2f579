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
import { RulesPage } from './RulesPage';

export function Component() {
  const { t } = useTranslation('identity');
  const { roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const known = queries.useQuery('get', '/api/identity/rules', {});
  const set = queries.useMutation('put', '/api/identity/rules', {
    onSuccess: async () => {
      void message.success(t('rules.done'));
      await cache.invalidateQueries();
    },
  });
  const failure = failureOf(known);
  const held = known.data;
  return (
    <AccountsFrame tab="rules" grows>
      {failure ? (
        <NotOpened error={failure} what={t('rules.title')} onRetry={() => void known.refetch()} />
      ) : held ? (
        <RulesPage key={held.version} held={held} busy={set.isPending} error={fault(set.error)} onSet={may(roles, 'setSignInRules') ? (rules) => set.mutate({ body: { base: held.version, rules } }) : undefined} />
      ) : (
        <Waiting />
      )}
    </AccountsFrame>
  );
}
