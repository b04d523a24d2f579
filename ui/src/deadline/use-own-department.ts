import { useSession } from '@/app/session';

/** The department of the reader's first post. */
export function useOwnDepartment(): string | undefined {
  const { posts } = useSession();
  return posts[0]?.department.id;
}
