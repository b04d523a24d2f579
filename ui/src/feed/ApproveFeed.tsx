import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import type { Feed } from './feed';
import styles from './Feed.module.css';

/** Shows the newest version of a mapping to whoever approves it. */
export default function ApproveFeed({ feed, onClose }: { feed: Feed; onClose: () => void }) {
  const { t } = useTranslation('feed');
  const fault = useFault();
  const approve = queries.useMutation('post', '/api/feeds/approve', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('approve.title', { feed: feed.feed, rev: feed.rev })}
      lead={t('approve.lead')}
      submit={t('approve.do')}
      width={720}
      busy={approve.isPending}
      error={fault(approve.error)}
      onSubmit={() => approve.mutate({ body: { feed: feed.feed, rev: feed.rev } })}
      onClose={onClose}
    >
      <pre className={styles.codes}>{JSON.stringify(feed.mapping, null, 2)}</pre>
    </FormDialog>
  );
}
