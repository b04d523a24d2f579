import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useText } from '@/language/text';
import { PersonPicker } from '@/staff/PersonPicker';
import { useDepartments } from '@/staff/use-departments';
import { usePeople } from '@/staff/use-people';
import { useKnownPatient } from './live-reasons';
import { PatientPicker } from './PatientPicker';
import { ReachPage } from './ReachPage';

export function Component() {
  const { t } = useTranslation('access');
  const text = useText();
  const fault = useFault();
  const session = useSession();
  const nameOf = useKnownPatient();
  const [address, setAddress] = useSearchParams();
  const [located, setLocated] = useState<{ id: string; name: string }>();
  const anybody = may(session.roles, 'seeReach');
  const patient = address.get('patient') ?? undefined;
  const person = patient ? undefined : (address.get('person') ?? (anybody ? undefined : session.person));
  const ofPatient = queries.useQuery('get', '/api/patients/{id}/reach', { params: { path: { id: patient ?? '' } } }, { enabled: patient !== undefined });
  const ofPerson = queries.useQuery('get', '/api/people/{id}/reach', { params: { path: { id: person ?? '' } } }, { enabled: person !== undefined });
  const people = usePeople([person]);
  const about = patient ? (located?.id === patient ? located.name : nameOf(patient)) : person && text(people[person]);
  return (
    <ReachPage
      choose={
        anybody && (
          <>
            <PersonPicker aria-label={t('reach.choosePerson')} value={person} onChange={(id: string | undefined) => setAddress(id ? { person: id } : {})} />
            <PatientPicker
              label={t('reach.choosePatient')}
              value={patient}
              onChange={(id, name) => {
                if (!id) return;
                setLocated({ id, name });
                setAddress({ patient: id });
              }}
            />
          </>
        )
      }
      {...(about && { about })}
      patient={patient ? ofPatient.data : undefined}
      person={person ? ofPerson.data : undefined}
      departments={useDepartments()}
      patientName={nameOf}
      error={fault(patient ? ofPatient.error : ofPerson.error)}
    />
  );
}
