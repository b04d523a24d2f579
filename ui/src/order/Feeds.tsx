import { useTranslation } from 'react-i18next';
import { Notice } from '@/kit/Notice';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import type { Feed } from './order';
import styles from './Order.module.css';

/** The systems that tell of orders and stock, and how old what they said last is. Those beyond their threshold are announced. */
export function Feeds({ feeds }: { feeds: Feed[] }) {
  const { t } = useTranslation('order');
  const text = useText();
  if (feeds.length === 0) return <Notice tone="warning">{t('feeds.none')}</Notice>;
  const nameOf = ({ nameZh, nameEn }: Feed) => text({ zh: nameZh, en: nameEn });
  const late = feeds.filter((feed) => feed.late);
  return (
    <>
      {late.length > 0 && <Notice tone="error" title={t('feeds.late', { names: late.map(nameOf).join(t('separator')) })}>{t('feeds.lateHint')}</Notice>}
      <ul className={styles.feeds} aria-label={t('feeds.title')}>
        {feeds.map((feed) => (
          <li key={feed.code} className={feed.late ? styles.late : undefined}>
            <strong>{nameOf(feed)}</strong>
            <span>{feed.heard ? <>{t('feeds.heard')} <When at={feed.heard} as="ago" /></> : t('feeds.unheard')}</span>
            <span>{feed.silentMinutes > 0 ? t('feeds.threshold', { n: feed.silentMinutes }) : t('feeds.noThreshold')}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
