import { useNavigate, useParams } from 'react-router';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { isProblem } from '@/api/problem';
import { faultsOf } from './faults';
import { VerifyPage } from './VerifyPage';

/** The page to which the code on a copy leads; nobody signs in for it. */
export function Component() {
  const { code = '' } = useParams();
  return <Verify key={code} code={code} />;
}

const notFound = 404;

function Verify({ code }: { code: string }) {
  const navigate = useNavigate();
  const fault = useFault();
  const to = { params: { path: { code } } };
  const verified = queries.useQuery('get', '/api/output/verify/{code}', to, { enabled: code !== '' });
  const compare = queries.useMutation('post', '/api/output/verify/{code}');
  const unknown = isProblem(verified.error) && verified.error.status === notFound;
  return (
    <VerifyPage
      code={code}
      busy={verified.isFetching}
      found={unknown ? 'unknown' : verified.data}
      error={unknown ? undefined : (faultsOf(verified.error).code ?? fault(verified.error))}
      onVerify={(next) => void (next === code ? verified.refetch() : navigate(`/verify/${encodeURIComponent(next)}`))}
      compared={compare.data?.file}
      comparing={compare.isPending}
      compareError={fault(compare.error)}
      onCompare={(file) => compare.mutate({ ...to, body: file as unknown as string, bodySerializer: (sent) => sent, headers: { 'Content-Type': 'application/octet-stream' } })}
    />
  );
}
