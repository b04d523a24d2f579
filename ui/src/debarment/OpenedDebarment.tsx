import { App, Button, Drawer, Popconfirm } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Code } from '@/kit/Code';
import { Facts } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import { standing, type Debarment, type Names } from './debarment';
import styles from './Debarment.module.css';
import { StateOf } from './StateOf';

const ChangeDebarment = lazy(() => import('./ChangeDebarment'));

interface OpenedDebarmentProps {
  debarment: Debarment;
  names: Names | undefined;
  onClose: () => void;
}

/** One debarment: who, why, until when, and what waits for a second person. */
export default function OpenedDebarment({ debarment, names, onClose }: OpenedDebarmentProps) {
  const { t } = useTranslation('debarment');
  const { t: k } = useTranslation('kit');
  const { person: me, roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const person = usePerson(names);
  const [changing, setChanging] = useState<'keep' | 'end'>();
  const { id, rev, state, wanted } = debarment;
  const waits = state === 'proposed' || wanted !== undefined;
  const own = (wanted?.by ?? debarment.proposedBy) === me;
  const settle = queries.useMutation('post', '/api/debarments/{id}/settle', { onSuccess: () => cache.invalidateQueries(), onError: (error) => void message.error(fault(error)) });
  const settled = (agree: boolean) => settle.mutate({ params: { path: { id } }, body: { rev, agree } });
  return (
    <Drawer
      open
      size="large"
      title={debarment.name || t('destroyed')}
      onClose={onClose}
      extra={
        <div className={styles.buttons}>
          {debarment.active && !wanted && may(roles, 'proposeDebarments') && (
            <>
              <Button onClick={() => setChanging('keep')}>{t('change.keep')}</Button>
              <Button danger onClick={() => setChanging('end')}>
                {t('change.end')}
              </Button>
            </>
          )}
          {waits && !own && may(roles, 'settleDebarments') && (
            <>
              <Button loading={settle.isPending} onClick={() => settled(false)}>
                {t('settle.decline')}
              </Button>
              <Popconfirm title={t('settle.sure')} description={t(wanted ? 'settle.changes' : 'settle.bars')} okText={t('settle.agree')} cancelText={k('cancel')} onConfirm={() => settled(true)}>
                <Button type="primary" loading={settle.isPending}>
                  {t('settle.agree')}
                </Button>
              </Popconfirm>
            </>
          )}
        </div>
      }
    >
      <div className={styles.parts}>
        {waits && <Notice tone="warning">{t(own ? 'settle.another' : 'settle.waits')}</Notice>}
        {wanted && (
          <Notice tone="info">
            {t(wanted.end ? 'settle.wantsEnd' : 'settle.wantsKeep', { who: person(wanted.by) })} {wanted.words} {wanted.review && <When at={wanted.review} />}
          </Notice>
        )}
        <Facts
          facts={[
            { label: t('column.state'), value: <StateOf state={standing(debarment)} /> },
            { label: t('column.kind'), value: t(`kind.${debarment.kind}`) },
            ...(debarment.aliases.length > 0 ? [{ label: t('field.aliases'), value: debarment.aliases.join(t('separator')) }] : []),
            { label: t('field.number'), value: debarment.number || t('unknown') },
            ...(debarment.person ? [{ label: t('field.person'), value: person(debarment.person) }] : []),
            { label: t('column.reason'), value: t(`reason.${debarment.reason}` as never, { defaultValue: debarment.reason }) },
            { label: t('field.facts'), value: debarment.facts },
            { label: t('field.basis'), value: debarment.basis },
            {
              label: t('field.evidence'),
              value: (
                <ul className={styles.proofs}>
                  {debarment.evidence.map(({ what, digest }) => (
                    <li key={what}>
                      {what} {digest && <Code value={digest} ends={8} copyable />}
                    </li>
                  ))}
                </ul>
              ),
            },
            { label: t('column.since'), value: <When at={debarment.since} /> },
            { label: t('column.until'), value: debarment.until ? <When at={debarment.until} /> : t('untilReview') },
            ...(debarment.review ? [{ label: t('column.review'), value: <When at={debarment.review} /> }] : []),
            { label: t('column.proposedBy'), value: <>{person(debarment.proposedBy)} <When at={debarment.proposed} /></> },
            ...(debarment.settled && debarment.settledBy ? [{ label: t('column.settledBy'), value: <>{person(debarment.settledBy)} <When at={debarment.settled} /></> }] : []),
            { label: t('column.hits'), value: debarment.hits },
          ]}
        />
      </div>
      <Suspense fallback={null}>{changing && <ChangeDebarment id={id} rev={rev} end={changing === 'end'} onClose={() => setChanging(undefined)} />}</Suspense>
    </Drawer>
  );
}
