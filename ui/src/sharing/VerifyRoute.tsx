import { useNavigate, useParams } from 'react-router';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { isProblem } from '@/api/problem';
import { VerifyPage } from './VerifyPage';

const notFound = 404;

/** The page to which the address on a stamped copy leads; nobody signs in for it. */
export function Component() {
  const { code = '' } = useParams();
  const navigate = useNavigate();
  const fault = useFault();
  const verified = queries.useQuery('get', '/api/sharing/verify/{code}', { params: { path: { code } } }, { enabled: code !== '', retry: false });
  const unknown = isProblem(verified.error) && verified.error.status === notFound;
  return (
    <VerifyPage
      key={code}
      code={code}
      busy={verified.isFetching}
      found={unknown ? 'unknown' : verified.data}
      error={unknown ? undefined : fault(verified.error)}
      onVerify={(next) => void navigate(`/verify/${encodeURIComponent(next)}`)}
    />
  );
}
