import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { useWho } from '@/app/who';
import type { PasswordFormProps } from './PasswordForm';

/** What a form needs that changes one's own password. */
export function useChanging(onChanged: () => void): PasswordFormProps {
  const fault = useFault();
  const { data: who } = useWho();
  const rules = queries.useQuery('get', '/api/identity/rules', {});
  const change = queries.useMutation('post', '/api/session/password', { onSuccess: onChanged });
  return {
    rules: rules.data?.rules.password,
    own: who ? [who.number, who.name.zh, who.name.en] : [],
    busy: change.isPending,
    error: fault(change.error),
    onChange: (old, chosen) => change.mutate({ body: { old, chosen } }),
  };
}
