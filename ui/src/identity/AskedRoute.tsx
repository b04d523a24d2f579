import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useNames } from '@/duty/use-names';
import { AccountsFrame } from './AccountsFrame';
import { AskedPage } from './AskedPage';
import { AskWindow } from './AskWindow';

export function Component() {
  const { t } = useTranslation('identity');
  const { roles, person } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const seesWindows = may(roles, 'decideWindows');
  const seesRecoveries = may(roles, 'decideRecoveries');
  const windows = queries.useQuery('get', '/api/identity/windows', {}, { enabled: seesWindows, staleTime: 0 });
  const recoveries = queries.useQuery('get', '/api/identity/recoveries', {}, { enabled: seesRecoveries, staleTime: 0 });
  const askedWindows = windows.data?.items ?? [];
  const askedRecoveries = recoveries.data?.items ?? [];
  const nameOf = useNames([...askedWindows, ...askedRecoveries].flatMap(({ person: of, askedBy }) => [of, askedBy]));
  const decided = {
    onError: (error: unknown) => void message.error(fault(error)),
    onSuccess: async () => {
      void message.success(t('asked.done'));
      await cache.invalidateQueries();
    },
  };
  const approveWindow = queries.useMutation('post', '/api/identity/windows/{id}/approve', decided);
  const declineWindow = queries.useMutation('post', '/api/identity/windows/{id}/decline', decided);
  const approveRecovery = queries.useMutation('post', '/api/identity/recoveries/{id}/approve', decided);
  const declineRecovery = queries.useMutation('post', '/api/identity/recoveries/{id}/decline', decided);
  return (
    <AccountsFrame tab="asked" grows actions={<AskWindow forAnother={may(roles, 'setSignInRules')} />}>
      <AskedPage
        me={person}
        nameOf={nameOf}
        windows={seesWindows ? { asked: windows.data && askedWindows, failure: failureOf(windows), onRetry: () => void windows.refetch() } : undefined}
        recoveries={seesRecoveries ? { asked: recoveries.data && askedRecoveries, failure: failureOf(recoveries), onRetry: () => void recoveries.refetch() } : undefined}
        onWindow={({ id }, yes) => (yes ? approveWindow : declineWindow).mutate({ params: { path: { id } } })}
        onRecovery={({ id }, yes) => (yes ? approveRecovery : declineRecovery).mutate({ params: { path: { id } } })}
      />
    </AccountsFrame>
  );
}
