import { App, Modal, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { RecipientPage } from './RecipientPage';
import type { Reasoned } from './SayWhy';
import styles from './Recipient.module.css';

const WriteRecipient = lazy(() => import('./WriteRecipient'));
const SayWhy = lazy(() => import('./SayWhy'));

export function Component() {
  const { t } = useTranslation('recipient');
  const { id = '' } = useParams();
  const { person, roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const [open, setOpen] = useState<'change' | Reasoned>();
  const [secret, setSecret] = useState<string>();
  const params = { params: { path: { id } } };
  const seen = queries.useQuery('get', '/api/recipients/{id}', params);
  const settled = { onSuccess: () => cache.invalidateQueries(), onError: (error: unknown) => void message.error(fault(error)) };
  const approve = queries.useMutation('post', '/api/recipients/{id}/approve', settled);
  const begin = queries.useMutation('post', '/api/recipients/{id}/begin', settled);
  const issue = queries.useMutation('post', '/api/recipients/{id}/secret', {
    ...settled,
    onSuccess: async (made) => {
      setSecret(made.secret);
      await cache.invalidateQueries();
    },
  });
  const failure = failureOf(seen);
  if (failure) return <NotOpened error={failure} what={t('title')} onRetry={() => void seen.refetch()} />;
  if (!seen.data) return <Waiting />;
  const close = () => setOpen(undefined);
  return (
    <>
      <RecipientPage
        recipient={seen.data}
        me={person}
        keeps={may(roles, 'keepRecipients')}
        judges={may(roles, 'approveRecipients')}
        stops={may(roles, 'stopRecipients')}
        busy={approve.isPending || begin.isPending}
        onChange={() => setOpen('change')}
        onApprove={() => approve.mutate(params)}
        onBegin={() => begin.mutate(params)}
        onSecret={() => issue.mutate(params)}
        onSay={setOpen}
      />
      <Suspense fallback={null}>
        {open === 'change' && <WriteRecipient of={seen.data} onWritten={close} onClose={close} />}
        {open && open !== 'change' && <SayWhy id={id} way={open} onClose={close} />}
      </Suspense>
      {secret && (
        <Modal open closable={false} mask={{ closable: false }} keyboard={false} width={560} title={t('secret.shown')} footer={<Button type="primary" onClick={() => setSecret(undefined)}>{t('secret.kept')}</Button>}>
          <p className={styles.note}>{t('secret.once')}</p>
          <p className={styles.secret}>{secret}</p>
        </Modal>
      )}
    </>
  );
}
