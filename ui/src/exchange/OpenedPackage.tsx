import { App, Button, Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Waiting } from '@/app/Waiting';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Code } from '@/kit/Code';
import { Facts } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import { sizeOf } from '@/recipient/recipient';
import type { Carried, Try } from './exchange';
import styles from './Exchange.module.css';
import { StateOf } from './StateOf';

interface OpenedPackageProps {
  id: string;
  partnerName: (partner: string) => string;
  onClose: () => void;
}

/** One package that was sent: what it is, what each try brought, and carrying it again. */
export default function OpenedPackage({ id, partnerName, onClose }: OpenedPackageProps) {
  const { t } = useTranslation('exchange');
  const { roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const path = { params: { path: { id } } };
  const seen = queries.useQuery('get', '/api/exchange/packages/{id}', path);
  const resend = queries.useMutation('post', '/api/exchange/packages/{id}/resend', { onSuccess: () => cache.invalidateQueries(), onError: (error) => void message.error(fault(error)) });
  const again = seen.data?.state === 'failed' && may(roles, 'sendPackages');
  return (
    <Drawer
      open
      size="large"
      title={t('packages.one')}
      onClose={onClose}
      extra={
        again && (
          <Button type="primary" loading={resend.isPending} onClick={() => resend.mutate(path)}>
            {t('resend')}
          </Button>
        )
      }
    >
      {seen.error ? <Notice tone="error">{fault(seen.error)}</Notice> : seen.data ? <Shown carried={seen.data} to={partnerName(seen.data.partner)} /> : <Waiting />}
    </Drawer>
  );
}

function Shown({ carried, to }: { carried: Carried; to: string }) {
  const { t } = useTranslation('exchange');
  const person = usePerson(carried.names);
  const columns: Column<Try>[] = [
    { key: 'number', title: t('column.sequence'), width: '70px', align: 'end', render: ({ number }) => number },
    { key: 'at', title: t('column.at'), width: '160px', render: ({ at }) => <When at={at} as="second" /> },
    { key: 'outcome', title: t('column.answer'), width: '150px', render: ({ outcome }) => <StateOf state={outcome.replace('exchange.', '')} otherwise="warning" /> },
    { key: 'signed', title: t('column.signed'), render: ({ signed, digest }) => (signed ? <>{t('signed')} {digest && <Code value={digest} ends={6} />}</> : t('unsigned')) },
  ];
  return (
    <div className={styles.parts}>
      {carried.state === 'failed' && <Notice tone="error">{t('packages.failed')}</Notice>}
      {carried.state === 'declined' && <Notice tone="error">{t('packages.declined')}</Notice>}
      <Facts
        facts={[
          { label: t('column.partner'), value: to },
          { label: t('column.sequence'), value: carried.sequence },
          { label: t('column.receipt'), value: <StateOf state={carried.state} /> },
          { label: t('column.patient'), value: <Code value={carried.patient} ends={5} /> },
          { label: t('column.count'), value: carried.count },
          { label: t('column.bytes'), value: sizeOf(carried.bytes) },
          { label: t('column.sender'), value: person(carried.sender) },
          { label: t('column.sent'), value: <When at={carried.sent} as="second" /> },
          { label: 'SM3', value: <Code value={carried.digest} ends={12} copyable /> },
          { label: 'SHA-256', value: <Code value={carried.sha256} ends={12} copyable /> },
        ]}
      />
      <Panel flush title={t('answers')}>
        <PlainTable label={t('answers')} columns={columns} rows={carried.answers ?? []} rowKey={({ number }) => String(number)} empty={t('noAnswers')} />
      </Panel>
    </div>
  );
}
