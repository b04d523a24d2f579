import { useTranslation } from 'react-i18next';
import { Clock } from '@/kit/Clock';
import { Pill } from '@/kit/Pill';
import { When } from '@/kit/When';
import { second, useSpan } from '@/language/time';
import { standingOf, tones, type Due } from './deadline';

/** How much time is left, or by how much it was late. */
export function Standing({ due }: { due: Due }) {
  const { t } = useTranslation('deadline');
  const span = useSpan();
  const standing = standingOf(due);
  if (standing === 'open' || standing === 'overdue') return <Clock deadline={due.dueAt} start={due.eventAt} />;
  const by = due.lateBy > 0 ? span(due.lateBy * second) : undefined;
  return (
    <Pill tone={tones[standing]} title={standing === 'backdated' ? t('backdatedWhy') : undefined}>
      {by ? t('lateBy', { span: by }) : t(`standing.${standing}`)}
    </Pill>
  );
}

/** The times of a document, each by itself. */
export function Times({ due }: { due: Due }) {
  const { t } = useTranslation('deadline');
  if (!due.enteredAt) return <>–</>;
  return (
    <span title={t('times', { told: due.toldAt ?? '', received: due.receivedAt ?? '' })}>
      <When at={due.enteredAt} />
    </span>
  );
}
