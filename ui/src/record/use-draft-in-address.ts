import { useEffect } from 'react';
import { useSearchParams } from 'react-router';

/** Names the draft in the address once it is saved, so that a reload opens it again. */
export function useDraftInAddress(id: string | undefined): void {
  const [address, setAddress] = useSearchParams();
  const named = address.get('draft');
  useEffect(() => {
    if (id && named !== id) setAddress((before) => new URLSearchParams([...[...before].filter(([key]) => key !== 'draft'), ['draft', id]]), { replace: true });
  }, [id, named, setAddress]);
}
