import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { PatientPicker } from '@/access/PatientPicker';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { DigestField } from '@/kit/DigestField';
import { FormDialog } from '@/kit/FormDialog';
import { Notice } from '@/kit/Notice';
import { useRow, useText } from '@/language/text';
import type { Case, Requester } from './case';
import styles from './Sharing.module.css';

interface Asked {
  patient: string;
  kind: string;
  agency?: string;
  basis: string;
  names: string[];
  presented: Record<string, { number?: string; issuer?: string; digest: string } | undefined>;
}

const officers = 'officer-ids';

/** Receives a request at the window, with every paper that its kind must present. */
export default function Receive({ requesters, onReceived, onClose }: { requesters: Requester[]; onReceived: (one: Case) => void; onClose: () => void }) {
  const { t } = useTranslation('sharing');
  const text = useText();
  const fault = useFault();
  const receive = queries.useMutation('post', '/api/sharing/cases', {
    onSuccess: async (one) => {
      await cache.invalidateQueries();
      onReceived(one);
    },
  });
  const submit = ({ patient, kind, agency, basis, names, presented }: Asked) => {
    const papers = requesters.find(({ id }) => id === kind)?.papers ?? [];
    receive.mutate({
      body: {
        patient,
        kind,
        basis,
        names,
        ...(agency && { agency }),
        presented: papers.map(({ id }) => {
          const { number, issuer, digest } = presented[id] ?? { digest: '' };
          return { paper: id, digest, ...(number && { number }), ...(issuer && { issuer }) };
        }),
      },
    });
  };
  const needed = { required: true, message: t('required') };
  return (
    <FormDialog<Asked> title={t('receive')} lead={t('form.presentedHint')} submit={t('form.submit')} width={720} busy={receive.isPending} error={fault(receive.error)} onSubmit={submit} onClose={onClose}>
      <Form.Item name="patient" label={t('form.patient')} rules={[needed]}>
        <PatientPicker label={t('form.patient')} />
      </Form.Item>
      <Form.Item name="kind" label={t('form.kind')} rules={[needed]}>
        <Select options={requesters.map(({ id, name }) => ({ value: id, label: text(name) }))} />
      </Form.Item>
      <OfKind requesters={requesters} />
    </FormDialog>
  );
}

/** What the chosen kind must say and present. */
function OfKind({ requesters }: { requesters: Requester[] }) {
  const { t } = useTranslation('sharing');
  const text = useText();
  const row = useRow();
  const chosen = Form.useWatch<string | undefined>('kind');
  const kind = requesters.find(({ id }) => id === chosen);
  if (!kind) return null;
  const needed = { required: true, message: t('required') };
  const papers = kind.papers ?? [];
  const two = papers.some(({ id }) => id === officers);
  return (
    <>
      <Notice>{row([t('form.days', { count: kind.days }), t(kind.agency ? 'form.byHead' : 'form.bySecond'), ...(kind.consent ? [t('form.needsConsent')] : [])])}</Notice>
      {kind.agency && (
        <Form.Item name="agency" label={t('form.agency')} rules={[needed]}>
          <Input maxLength={80} />
        </Form.Item>
      )}
      <Form.Item name="basis" label={t('form.basis')} extra={t('form.basisHint')} rules={[needed]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Form.Item name="names" label={t('form.names')} extra={t(two ? 'form.namesHint' : 'form.namesHintOne')} rules={[{ required: true, type: 'array', min: two ? 2 : 1, message: t('form.namesHint') }]}>
        <Select mode="tags" open={false} suffix={null} tokenSeparators={['、', ',', '，']} />
      </Form.Item>
      <p className={styles.muted}>{t('form.presented')}</p>
      {papers.map(({ id, name }) => (
        <div key={id} className={styles.paper} role="group" aria-label={text(name)}>
          <span>{text(name)}</span>
          <Form.Item name={['presented', id, 'number']}>
            <Input maxLength={80} aria-label={`${text(name)} ${t('form.number')}`} placeholder={t('form.number')} />
          </Form.Item>
          <Form.Item name={['presented', id, 'issuer']}>
            <Input maxLength={80} aria-label={`${text(name)} ${t('form.issuer')}`} placeholder={t('form.issuer')} />
          </Form.Item>
          <Form.Item name={['presented', id, 'digest']} rules={[needed]}>
            <DigestField label={text(name)} />
          </Form.Item>
        </div>
      ))}
    </>
  );
}
