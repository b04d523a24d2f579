import { queries, type Schemas } from '@/api/client';
import { useWho } from '@/app/who';
import type { ShowFormProps } from './ShowForm';

/** In a demonstration people come in by choice and have no password. */
export function hasNoPassword({ demo, passwordUntil }: Pick<Schemas['IdentityWho'], 'demo' | 'passwordUntil'>): boolean {
  return demo && passwordUntil === undefined;
}

/** What the reader has to show when he is asked again who he is; undefined until that is known. */
export function useAsks(): ShowFormProps['asks'] | undefined {
  const { data: who } = useWho();
  const factors = queries.useQuery('get', '/api/identity/factors', {});
  if (factors.isPending) return undefined;
  if ((factors.data?.items ?? []).some(({ kind }) => kind === 'totp')) return 'code';
  return who && hasNoPassword(who) ? 'nothing' : 'password';
}
