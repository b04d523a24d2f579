import { useNavigate } from 'react-router';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { ChangePassword } from './ChangePassword';

function Changing({ must, onChanged }: { must: boolean; onChanged: () => void }) {
  const fault = useFault();
  const change = queries.useMutation('post', '/api/session/password', { onSuccess: onChanged });
  return <ChangePassword must={must} busy={change.isPending} error={fault(change.error)} onChange={(old, chosen) => change.mutate({ body: { old, chosen } })} />;
}

/** Stands instead of every page until an initial password is changed. */
export function PasswordMust() {
  return (
    <main>
      <Changing must onChanged={() => void cache.invalidateQueries()} />
    </main>
  );
}

export function Component() {
  const navigate = useNavigate();
  return <Changing must={false} onChanged={() => void navigate('/')} />;
}
