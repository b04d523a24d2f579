import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { Page } from '@/app/Page';
import { Waiting } from '@/app/Waiting';
import { Facts } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { StepsBar } from '@/kit/StepsBar';
import { steps } from './amendment';
import styles from './Amendment.module.css';

const Complain = lazy(() => import('./Complain'));

/** The first step of a correction: the document, and by what rules it is corrected. */
export function Component() {
  const { t } = useTranslation('amendment');
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const fault = useFault();
  const [complaining, setComplaining] = useState(false);
  const document = queries.useQuery('get', '/api/documents/{id}', { params: { path: { id }, query: {} } });
  const rules = queries.useQuery('get', '/api/amendment-rules');
  const open = queries.useMutation('post', '/api/documents/{id}/amendments', {
    onSuccess: async (made) => {
      await cache.invalidateQueries();
      await navigate(`/amendments/${made.id}`, { replace: true });
    },
  });
  const failure = failureOf(document);
  if (failure) return <NotOpened error={failure} onRetry={() => void document.refetch()} />;
  if (!document.data || !rules.data) return <Waiting />;
  const { title, kind, state } = document.data;
  const rule = [kind, '*'].map((wanted) => rules.data.rules.find((one) => one.kind === wanted && one.state === state)).find((one) => one !== undefined);
  return (
    <Page>
      <PageHead title={t('beginTitle', { title })} lead={t('beginLead')} actions={<Button onClick={() => setComplaining(true)}>{t('complain')}</Button>} />
      <div className={styles.parts}>
        <StepsBar label={t('title')} steps={steps.map((key, index) => ({ key, title: t(`step.${key}`), state: index === 0 ? 'current' : 'waiting' }))} />
        {open.error && <Notice tone="error">{fault(open.error)}</Notice>}
        <Panel title={t('rulesNow', { number: rules.data.number || t('delivered') })}>
          <Facts
            facts={[
              { label: t('column.docState'), value: t(`docState.${state}`) },
              { label: t('column.who'), value: rule ? t(`who.${rule.who}`) : '' },
              { label: t('column.approval'), value: rule ? t(`approval.${rule.approval}`) : '' },
              { label: t('column.days'), value: rule && (rule.days === 0 ? t('unlimited') : t('period', { count: rule.days })) },
            ]}
          />
        </Panel>
        <div className={styles.foot}>
          <Button onClick={() => void navigate(-1)}>{t('back')}</Button>
          <Button type="primary" autoFocus loading={open.isPending} onClick={() => open.mutate({ params: { path: { id } } })}>
            {t('begin')}
          </Button>
        </div>
      </div>
      <Suspense fallback={null}>{complaining && <Complain document={id} onClose={() => setComplaining(false)} />}</Suspense>
    </Page>
  );
}
