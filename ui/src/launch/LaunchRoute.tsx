import { useEffect, useRef } from 'react';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Starting } from '@/app/Starting';
import { keepClaim, takeLink } from './claim';
import { NotLed } from './NotLed';

/** Where a link of another system arrives: it is spent, and whoever follows it goes on as himself. */
export function Component() {
  const fault = useFault();
  const begun = useRef(false);
  const open = queries.useMutation('post', '/api/launch/open', {
    onSuccess: ({ claim }) => {
      keepClaim(claim);
      window.location.replace('/launch/land');
    },
  });
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    open.mutate({ body: { link: takeLink() } });
  }, [open]);
  return open.error ? <NotLed why={fault(open.error)} /> : <Starting />;
}
