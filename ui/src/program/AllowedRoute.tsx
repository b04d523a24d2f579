import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { Page } from '@/app/Page';
import { PageHead } from '@/kit/PageHead';
import { useTableAddress } from '@/kit/table/address';
import { AllowedTable } from './AllowedTable';
import { useWithdraw } from './use-withdraw';

/** What the reader let programs read for him. */
export function Component() {
  const { t } = useTranslation('program');
  const { cursor, limit } = useTableAddress();
  const listing = queries.useQuery('get', '/api/me/allowed', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const { withdraw, busy } = useWithdraw();
  return (
    <Page fixed>
      <PageHead title={t('allowed.title')} lead={t('allowed.lead')} />
      <AllowedTable name="my-programs" page={tableOf(listing)} busy={busy} empty={{ title: t('allowed.none'), hint: t('allowed.noneHint') }} onWithdraw={withdraw} />
    </Page>
  );
}
