import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { most, onwards, useWhole } from '@/api/whole';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { FormDialog } from '@/kit/FormDialog';
import { useDepartments } from '@/staff/use-departments';
import { GrantReviewsPage, type Verdicts } from './GrantReviewsPage';

/** How many lines one request may settle. */
const atOnce = 100;

export function Component() {
  const { t } = useTranslation('access');
  const { roles } = useSession();
  const fault = useFault();
  const [opening, setOpening] = useState(false);
  const lines = queries.useInfiniteQuery('get', '/api/my-grant-reviews', { params: { query: { limit: most } } }, onwards);
  const campaigns = queries.useInfiniteQuery('get', '/api/grant-reviews', { params: { query: { limit: most } } }, onwards);
  const decide = queries.useMutation('post', '/api/my-grant-reviews', { onSettled: () => cache.invalidateQueries() });
  const begin = queries.useMutation('post', '/api/grant-reviews', {
    onSuccess: async () => {
      setOpening(false);
      await cache.invalidateQueries();
    },
  });
  const submit = async (verdicts: Verdicts) => {
    const all = Object.entries(verdicts).map(([line, keep]) => ({ line, keep }));
    for (let from = 0; from < all.length; from += atOnce) await decide.mutateAsync({ body: { verdicts: all.slice(from, from + atOnce) } });
  };
  return (
    <>
      <GrantReviewsPage
        lines={useWhole(lines)}
        campaigns={useWhole(campaigns)}
        departments={useDepartments()}
        busy={decide.isPending}
        error={fault(decide.error ?? lines.error ?? campaigns.error)}
        actions={
          may(roles, 'openReviews') && (
            <Button type="primary" onClick={() => setOpening(true)}>
              {t('reviews.begin')}
            </Button>
          )
        }
        onSubmit={(verdicts) => void submit(verdicts).catch(() => undefined)}
      />
      {opening && (
        <FormDialog<{ name: string }> title={t('reviews.begin')} lead={t('reviews.beginLead')} submit={t('reviews.beginSubmit')} busy={begin.isPending} error={fault(begin.error)} onSubmit={(body) => begin.mutate({ body })} onClose={() => setOpening(false)}>
          <Form.Item name="name" label={t('reviews.name')} rules={[{ required: true, message: t('reviews.nameMissing') }]}>
            <Input maxLength={80} placeholder={t('reviews.nameHint')} />
          </Form.Item>
        </FormDialog>
      )}
    </>
  );
}
