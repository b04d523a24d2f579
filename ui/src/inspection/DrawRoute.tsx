import { DownloadOutlined, PrinterOutlined, ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { Waiting } from '@/app/Waiting';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { fromBase64, toHex } from '@/kit/proof/bytes';
import { DrawPage } from './DrawPage';
import { takeAlong } from './take-along';
import styles from './Inspection.module.css';

const DossierPaper = lazy(() => import('./DossierPaper'));

export function Component() {
  const { id = '' } = useParams();
  const { t } = useTranslation('inspection');
  const fault = useFault();
  const of = { params: { path: { id } } };
  const draw = queries.useQuery('get', '/api/inspection/draws/{id}', of);
  const ready = draw.data?.subject !== undefined;
  const dossier = queries.useQuery('get', '/api/inspection/draws/{id}/dossier', of, { enabled: ready, staleTime: Infinity, retry: false });
  const key = queries.useQuery('get', '/api/ledger/key', {}, { enabled: ready, staleTime: Infinity });
  const say = queries.useMutation('post', '/api/inspection/draws/{id}/number', { onSuccess: () => cache.invalidateQueries() });
  const answered = dossier.data;
  const failure = failureOf(draw);
  if (failure) return <NotOpened error={failure} onRetry={() => void draw.refetch()} />;
  if (!draw.data) return <Waiting />;
  return (
    <DrawPage
      key={id}
      draw={draw.data}
      busy={say.isPending}
      error={fault(say.error)}
      onNumber={(number) => say.mutate({ ...of, body: { number } })}
      actions={
        answered && (
          <>
            <Button icon={<ReloadOutlined />} loading={dossier.isFetching} onClick={() => void dossier.refetch()}>
              {t('answerAgain')}
            </Button>
            <Button icon={<DownloadOutlined />} onClick={() => takeAlong(answered)}>
              {t('takeAlong')}
            </Button>
            <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>
              {t('print')}
            </Button>
          </>
        )
      }
    >
      {ready && !answered && !dossier.error && (
        <Panel>
          <p className={styles.gathering} role="status">
            {t('gathering')}
          </p>
        </Panel>
      )}
      {dossier.error && (
        <Notice
          tone="error"
          action={
            <Button size="small" onClick={() => void dossier.refetch()}>
              {t('retry')}
            </Button>
          }
        >
          {fault(dossier.error)}
        </Notice>
      )}
      <Suspense fallback={null}>{answered && <DossierPaper dossier={answered} publicKey={key.data ? toHex(fromBase64(key.data.key) ?? new Uint8Array()) : ''} />}</Suspense>
    </DrawPage>
  );
}
