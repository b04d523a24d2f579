import { keepPreviousData } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { tableOf } from '@/api/table';
import { Page } from '@/app/Page';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { PageHead } from '@/kit/PageHead';
import { useTableAddress } from '@/kit/table/address';
import { usePerson } from '@/privilege/use-person';
import { AllowedTable } from './AllowedTable';
import { useWithdraw } from './use-withdraw';

/** What everybody let one program read; the security administrator takes it back for all. */
export function Component() {
  const { t } = useTranslation('program');
  const { id = '' } = useParams();
  const { roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const { cursor, limit } = useTableAddress();
  const listing = queries.useQuery('get', '/api/sources/{id}/allowed', { params: { path: { id }, query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const { withdraw, busy } = useWithdraw();
  const all = queries.useMutation('post', '/api/sources/{id}/withdraw', {
    onSuccess: async ({ allowances }) => {
      void message.success(t('allowed.ended', { n: allowances }));
      await cache.invalidateQueries();
    },
    onError: (error) => void message.error(fault(error)),
  });
  const person = usePerson(listing.data?.names);
  const stops = may(roles, 'withdrawPrograms');
  return (
    <Page fixed>
      <PageHead
        title={t('allowed.to')}
        lead={t('allowed.toLead')}
        actions={
          stops &&
          listing.data?.items.some(({ live }) => live) && (
            <Popconfirm title={t('allowed.sureAll')} description={t('allowed.what')} okText={t('allowed.withdrawAll')} cancelText={t('allowed.keep')} onConfirm={() => all.mutate({ params: { path: { id } } })}>
              <Button danger loading={all.isPending}>
                {t('allowed.withdrawAll')}
              </Button>
            </Popconfirm>
          )
        }
      />
      <AllowedTable name="program-allowed" page={tableOf(listing)} person={person} busy={busy} empty={{ title: t('allowed.nobody') }} {...(stops && { onWithdraw: withdraw })} />
    </Page>
  );
}
