import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { Session } from './session';
import styles from './TopBar.module.css';

/** Who is signed in, where, and for what. */
export function PersonButton({ session, ...rest }: { session: Session } & ComponentProps<'button'>) {
  const { t } = useTranslation();
  const text = useText();
  const term = useTerm();
  const post = session.posts[0];
  const name = text(session.name);
  return (
    <button type="button" {...rest} className={styles.person}>
      <span className={styles.face} aria-hidden="true">
        {name.slice(0, 1)}
      </span>
      <span className={styles.who}>
        <span className={styles.title}>{name}</span>
        <span className={styles.post}>
          {post && `${text(post.department.name)} · `}
          {t('top.purpose', { purpose: term('purpose', session.purpose) })}
        </span>
      </span>
    </button>
  );
}
