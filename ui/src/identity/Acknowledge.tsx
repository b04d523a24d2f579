import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { useNames } from '@/duty/use-names';
import { Notice } from '@/kit/Notice';
import { When } from '@/kit/When';

interface AcknowledgeProps {
  department: string;
  /** How many findings wait, absent until it is known: with any of them nobody can sign. */
  waiting: number | undefined;
}

/** Whoever leads a department signs that nothing is left amiss with how its people sign in. */
export function Acknowledge({ department, waiting }: AcknowledgeProps) {
  const { t } = useTranslation('identity');
  const { t: k } = useTranslation('kit');
  const { message } = App.useApp();
  const fault = useFault();
  const path = { params: { path: { id: department } } };
  const signed = queries.useQuery('get', '/api/identity/departments/{id}/acknowledgements', path);
  const sign = queries.useMutation('post', '/api/identity/departments/{id}/acknowledge', {
    onError: (error) => void message.error(fault(error)),
    onSuccess: async () => {
      void message.success(t('acknowledge.done'));
      await cache.invalidateQueries();
    },
  });
  const latest = signed.data?.items?.[0];
  const nameOf = useNames(latest ? [latest.madeBy] : []);
  if (!signed.data) return null;
  return (
    <Notice
      title={t('acknowledge.title')}
      action={
        <Popconfirm title={t('acknowledge.sure')} okText={t('acknowledge.sign')} cancelText={k('cancel')} onConfirm={() => sign.mutate(path)}>
          <Button type="primary" disabled={waiting !== 0} loading={sign.isPending}>
            {t('acknowledge.sign')}
          </Button>
        </Popconfirm>
      }
    >
      {latest ? (
        <>
          {t('acknowledge.latest', { name: nameOf(latest.madeBy) })} <When at={latest.made} /> · {t('acknowledge.disposed', { count: latest.disposed })}
        </>
      ) : (
        t('acknowledge.never')
      )}
      {waiting ? ` · ${t('acknowledge.waiting', { count: waiting })}` : null}
    </Notice>
  );
}
