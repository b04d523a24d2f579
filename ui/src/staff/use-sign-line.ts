import { App } from 'antd';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { useSession } from '@/app/session';
import type { ExitLine } from './ExitList';

/** Signing for what was taken back: whoever holds the line's role, in its department where it has one. */
export function useSignLine(): { maySign: (line: ExitLine) => boolean; onSign: (line: ExitLine) => void } {
  const { roles, posts, person } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const sign = queries.useMutation('post', '/api/lines/{id}/sign', {
    onSuccess: () => cache.invalidateQueries(),
    onError: (error) => void message.error(fault(error)),
  });
  return {
    maySign: (line) => line.person !== person && roles.includes(line.role) && (!line.department || posts.some(({ department }) => department.id === line.department)),
    onSign: ({ id }) => sign.mutate({ params: { path: { id } } }),
  };
}
