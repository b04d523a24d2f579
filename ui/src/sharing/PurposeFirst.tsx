import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Page } from '@/app/Page';
import { useSession } from '@/app/session';
import { EmptyState } from '@/kit/EmptyState';
import { useTerm } from '@/language/terms';

/** Asks for a purpose that fits before anything is asked for, so that nobody is refused for having had another in mind. */
export function PurposeFirst({ fitting, children }: { fitting: string[]; children: ReactNode }) {
  const { t } = useTranslation('sharing');
  const term = useTerm();
  const fault = useFault();
  const me = useSession();
  const choose = queries.useMutation('post', '/api/session/purpose', { onSuccess: () => cache.invalidateQueries() });
  if (fitting.length === 0 || fitting.includes(me.purpose)) return children;
  return (
    <Page>
      <EmptyState
        whole
        title={t('purposeFirst')}
        hint={fault(choose.error) ?? t('purposeFirstHint', { purpose: term('purpose', me.purpose) })}
        action={fitting.map((purpose) => (
          <Button key={purpose} loading={choose.isPending} onClick={() => choose.mutate({ body: { purpose } })}>
            {t('asPurpose', { purpose: term('purpose', purpose) })}
          </Button>
        ))}
      />
    </Page>
  );
}
