import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { isProblem } from '@/api/problem';
import { Page } from '@/app/Page';
import { Waiting } from '@/app/Waiting';
import { EmptyState } from '@/kit/EmptyState';
import { askingIn, homeOf } from './asking';
import { AuthorizePage } from './AuthorizePage';

/** Where programs send people who are to let them read (RFC 6749, 4.1.1). */
export function Component() {
  const { t } = useTranslation('program');
  const fault = useFault();
  const [address] = useSearchParams();
  const [typed, setTyped] = useState('');
  const [patient, setPatient] = useState<string>();
  const asking = askingIn(address);
  const wanted = queries.useQuery('post', '/api/apps/see', { body: asking }, { retry: false, staleTime: Infinity });
  const patients = queries.useQuery('get', '/api/patients', { params: { query: { scope: 'mine', text: typed, limit: 20 } } }, { enabled: wanted.data?.chooses ?? false });
  const allow = queries.useMutation('post', '/api/apps/allow', { onSuccess: ({ back }) => window.location.assign(back) });
  if (wanted.error) {
    const fields = isProblem(wanted.error) ? (wanted.error.fields ?? []).map(({ path, problem }) => `${path}: ${problem}`) : [];
    return (
      <Page narrow>
        <div role="alert">
          <EmptyState whole title={t('wrong')} hint={[fault(wanted.error), ...fields].filter(Boolean).join(' ')} />
        </div>
      </Page>
    );
  }
  if (!wanted.data) return <Waiting />;
  return (
    <AuthorizePage
      wanted={wanted.data}
      home={homeOf(asking.redirectUri)}
      patients={(patients.data?.items ?? []).map(({ id, name, recordNumber }) => ({ value: id, label: `${name} · ${recordNumber}` }))}
      looking={patients.isFetching}
      patient={patient}
      busy={allow.isPending || allow.isSuccess}
      error={fault(allow.error)}
      onLook={setTyped}
      onChoose={setPatient}
      onAllow={() => allow.mutate({ body: { ...asking, ...(patient && { patient }) } })}
      onDeny={() => window.location.assign(wanted.data.denied)}
    />
  );
}
