import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { useSession } from '@/app/session';
import { Notice } from '@/kit/Notice';
import { useText } from '@/language/text';
import type { Patient } from './PatientPage';

/** An admission that stands by one person's word; anybody else of the ward confirms it from here. */
export default function Unconfirmed({ patient }: { patient: Patient }) {
  const { t } = useTranslation('patient');
  const { person } = useSession();
  const { message } = App.useApp();
  const text = useText();
  const fault = useFault();
  const confirm = queries.useMutation('post', '/api/encounters/{id}/confirm', {
    onSuccess: () => cache.invalidateQueries(),
    onError: (error) => void message.error(fault(error)),
  });
  const waiting = (patient.encounters ?? []).filter(({ unconfirmed, until }) => unconfirmed && !until);
  return waiting.map(({ id, unconfirmed = '' }) => (
    <Notice key={id} tone="warning">
      {t('unconfirmed.said', { name: text(patient.people[unconfirmed]) || unconfirmed })}{' '}
      {unconfirmed !== person && (
        <Button size="small" loading={confirm.isPending} onClick={() => confirm.mutate({ params: { path: { id } } })}>
          {t('unconfirmed.confirm')}
        </Button>
      )}
    </Notice>
  ));
}
