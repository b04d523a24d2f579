import { keepPreviousData } from '@tanstack/react-query';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { useTableAddress } from '@/kit/table/address';
import { MyUsePage } from './MyUsePage';

export function Component() {
  const { cursor, limit } = useTableAddress();
  const mine = queries.useQuery('get', '/api/me/use', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  return <MyUsePage use={mine.data} page={tableOf({ ...mine, data: mine.data?.refusals })} />;
}
