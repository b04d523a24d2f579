import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { EmptyState } from '@/kit/EmptyState';
import { LinkButton } from '@/kit/LinkButton';

/** A link that leads nowhere, and what to do instead. */
export function NotLed({ why }: { why: string | undefined }) {
  const { t } = useTranslation('launch');
  return (
    <Page narrow>
      <div role="alert">
        <EmptyState whole title={t('notLed')} hint={why} action={<LinkButton to="/patients">{t('search')}</LinkButton>} />
      </div>
    </Page>
  );
}
