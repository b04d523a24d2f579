import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { HandoversPage } from './HandoversPage';
import { useDepartments } from './use-departments';
import { usePeople } from './use-people';
import { useSignLine } from './use-sign-line';

export function Component() {
  const listing = queries.useQuery('get', '/api/lines', {});
  const people = usePeople((listing.data?.items ?? []).map(({ person }) => person));
  return <HandoversPage page={tableOf(listing)} departments={useDepartments()} people={people} {...useSignLine()} />;
}
