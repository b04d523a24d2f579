import { useNavigate, useSearchParams } from 'react-router';
import { useWays, type Wanted } from '@/access/ways';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { useText } from '@/language/text';
import { useDepartments } from '@/staff/use-departments';
import { Locate, type Card } from './Locate';

export function Component() {
  const [address] = useSearchParams();
  const navigate = useNavigate();
  const departments = useDepartments();
  const text = useText();
  const fault = useFault();
  const locate = queries.useMutation('post', '/api/patients/locate');
  const ways = useWays((patient) => void navigate(`/patients/${patient}`));
  const wanted = ({ id, name, department }: Card): Wanted => ({ id, name, department: department && text(departments[department]) });
  return (
    <>
      <Locate
        key={address.get('identifier')}
        identifier={address.get('identifier') ?? ''}
        emergency={address.get('emergency') === 'yes'}
        cards={locate.data && (locate.data.cards ?? [])}
        departments={departments}
        busy={locate.isPending}
        error={fault(locate.error)}
        onLocate={(identifier) => locate.mutate({ body: { identifier } })}
        onReason={(card) => ways.onReason(wanted(card))}
        onBreakGlass={(card) => ways.onBreakGlass(wanted(card))}
      />
      {ways.dialogs}
    </>
  );
}
