import { cache } from '@/api/cache';
import { useWho } from '@/app/who';
import { ChangePassword } from './ChangePassword';
import { useChanging } from './use-changing';

/** Stands instead of every page until a password is changed that must be. */
export function PasswordMust() {
  const { data: who } = useWho();
  return (
    <main>
      <ChangePassword why={who?.change ?? 'initial'} {...useChanging(() => void cache.invalidateQueries())} />
    </main>
  );
}
