import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { PatientPicker } from '@/access/PatientPicker';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { isProblem } from '@/api/problem';
import { most, onwards, useWhole } from '@/api/whole';
import { FormDialog } from '@/kit/FormDialog';
import { Notice } from '@/kit/Notice';
import { formatDay } from '@/language/time';
import { useTitles } from '@/record/titles';
import { open, type Package } from './exchange';
import styles from './Exchange.module.css';

interface Written {
  partner: string;
  patient: string;
  documents: string[];
}

const notConforming = 'exchange.not-conforming';
const mostDocuments = 200;

/** Sends documents of one patient to a partner. What does not keep the standard keeps all of it back, and is listed. */
export default function SendPackage({ onSent, onClose }: { onSent: (sent: Package) => void; onClose: () => void }) {
  const { t } = useTranslation('exchange');
  const fault = useFault();
  const partners = useWhole(queries.useInfiniteQuery('get', '/api/exchange/partners', { params: { query: { limit: most } } }, onwards));
  const send = queries.useMutation('post', '/api/exchange/packages', {
    onSuccess: async (sent) => {
      await cache.invalidateQueries();
      onSent(sent);
    },
  });
  const { error } = send;
  const wrong = isProblem(error) && error.code === notConforming ? (error.fields ?? []) : undefined;
  const to = open(partners ?? []);
  const needed = { required: true, message: t('required') };
  return (
    <FormDialog<Written> title={t('send.title')} lead={t('send.lead')} submit={t('send.submit')} width={640} busy={send.isPending} error={wrong ? undefined : fault(error)} onSubmit={(body) => send.mutate({ body })} onClose={onClose}>
      {partners && to.length === 0 && <Notice tone="warning">{t('send.nobody')}</Notice>}
      <Form.Item name="partner" label={t('send.partner')} rules={[needed]}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={to.map(({ id, card }) => ({ value: id, label: card.name }))} />
      </Form.Item>
      <Form.Item name="patient" label={t('send.patient')} rules={[needed]}>
        <PatientPicker label={t('send.patient')} />
      </Form.Item>
      <Form.Item noStyle dependencies={['patient']}>
        {({ getFieldValue }) => {
          const patient = getFieldValue('patient') as string | undefined;
          return patient && <Documents key={patient} patient={patient} />;
        }}
      </Form.Item>
      {wrong && isProblem(error) && (
        <Notice tone="error" title={error.detail}>
          <ul className={styles.many}>
            {wrong.map(({ path, problem }) => (
              <li key={path}>{problem}</li>
            ))}
          </ul>
        </Notice>
      )}
    </FormDialog>
  );
}

function Documents({ patient }: { patient: string }) {
  const { t } = useTranslation('exchange');
  const fault = useFault();
  const { ofDocument } = useTitles();
  const listing = queries.useInfiniteQuery('get', '/api/patients/{id}/documents', { params: { path: { id: patient }, query: { limit: most } } }, { ...onwards, retry: false });
  const documents = useWhole(listing);
  if (listing.error) return <Notice tone="error">{fault(listing.error)}</Notice>;
  return (
    <Form.Item name="documents" label={t('send.documents')} extra={t('send.documentsHint')} rules={[{ required: true, type: 'array', max: mostDocuments, message: t('send.some') }]}>
      <Select mode="multiple" loading={listing.isFetching} showSearch={{ optionFilterProp: 'label' }} options={(documents ?? []).map((line) => ({ value: line.id, label: `${ofDocument(line)} ${formatDay(line.at)}` }))} />
    </Form.Item>
  );
}
