import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { PasswordForm, type PasswordFormProps } from './PasswordForm';

export interface ChangePasswordProps extends PasswordFormProps {
  /** Why nothing else can be done until it is changed. */
  why: 'initial' | 'expired' | 'weak';
}

/** Stands in the place of every page until the password is changed. */
export function ChangePassword({ why, ...form }: ChangePasswordProps) {
  const { t } = useTranslation('identity');
  return (
    <Page narrow>
      <PageHead title={t('change.title')} lead={t(`change.why.${why}`)} />
      <Panel>
        <PasswordForm {...form} />
      </Panel>
    </Page>
  );
}
