import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Panel } from '@/kit/Panel';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import type { OfferedWay } from './OtherWays';
import styles from './SecurityPage.module.css';

type Link = Schemas['IdentityLink'];

const ends = ['lost', 'stolen', 'replaced', 'returned', 'unused'] as const;
export type LinkEnd = (typeof ends)[number];

export interface LinksProps {
  /** What is bound to the account; absent until it is known. */
  links: Link[] | undefined;
  ways: OfferedWay[];
  onBind: (way: OfferedWay) => void;
  onEnd: (link: Link, why: LinkEnd) => void;
}

/** What else shows who I am: a certificate, or what a provider says. */
export function Links({ links, ways, onBind, onEnd }: LinksProps) {
  const { t } = useTranslation('identity');
  const text = useText();
  const bindable = ways.filter(({ kind }) => !['directory', 'sms', 'face'].includes(kind));
  if (bindable.length === 0 && !links?.length) return null;
  const nameOf = (link: Link) => {
    const way = ways.find(({ id }) => id === link.way);
    return way ? text(way.name) : t(`ways.kinds.${link.kind}`);
  };
  return (
    <Panel title={t('links.title')} flush>
      <ul aria-busy={links === undefined}>
        {links?.map((link) => (
          <li key={link.id} className={styles.line}>
            <span className={styles.grow}>
              <strong>{nameOf(link)}</strong>
              <span className={styles.note}>
                {link.detail} · {t('factors.since')} <When at={link.made} as="day" />
              </span>
            </span>
            <Dropdown trigger={['click']} menu={{ items: ends.map((key) => ({ key, label: t(`links.ends.${key}`) })), onClick: ({ key }) => onEnd(link, key as LinkEnd) }}>
              <Button size="small" danger>
                {t('links.end')}
              </Button>
            </Dropdown>
          </li>
        ))}
        {bindable.map((way) => (
          <li key={way.id} className={styles.line}>
            <span className={styles.grow}>{t('links.bindable', { name: text(way.name) })}</span>
            <Button onClick={() => onBind(way)}>{t('links.bind')}</Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
