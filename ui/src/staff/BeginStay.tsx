import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import type { Departments } from './departments';
import { StayFields } from './StayFields';
import { natureOf, type StayKind } from './stay';

interface Asked {
  kind: StayKind;
  department: string;
  role?: string;
  team?: string;
  sponsor?: string;
  vendor?: string;
  until: Dayjs;
  programme?: Dayjs | null;
}

interface BeginStayProps {
  person: string;
  departments: Departments;
  onClose: () => void;
}

/** Lets somebody be here, or away, for a time. A stay without an end cannot be asked for. */
export default function BeginStay({ person, departments, onClose }: BeginStayProps) {
  const { t } = useTranslation('staff');
  const fault = useFault();
  const begin = queries.useMutation('post', '/api/persons/{id}/stays', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  const submit = ({ kind, department, role, team, sponsor, vendor, until, programme }: Asked) => {
    const { sponsored, vendor: ofVendor, away } = natureOf(kind);
    begin.mutate({
      params: { path: { id: person } },
      body: {
        kind,
        department,
        ...(sponsored && sponsor && { sponsor }),
        ...(ofVendor && vendor && { vendor }),
        ...(!away && role && { posts: [{ role, ...(team && { team }) }] }),
        until: until.endOf('day').toISOString(),
        ...(programme && { programme: programme.endOf('day').toISOString() }),
      },
    });
  };
  return (
    <FormDialog<Asked> title={t('stays.begin')} lead={t('stays.beginLead')} submit={t('stays.beginSubmit')} busy={begin.isPending} error={fault(begin.error)} initial={{ kind: 'joining' }} onSubmit={submit} onClose={onClose}>
      <StayFields departments={departments} />
    </FormDialog>
  );
}
