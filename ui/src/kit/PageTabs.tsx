import { NavLink } from 'react-router';
import styles from './PageTabs.module.css';

interface PageTabsProps {
  label: string;
  tabs: { path: string; title: string }[];
}

/** Leads between the pages of one place; a single page needs none. */
export function PageTabs({ label, tabs }: PageTabsProps) {
  if (tabs.length < 2) return null;
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map(({ path, title }) => (
        <NavLink key={path} to={path} end className={styles.tab}>
          {title}
        </NavLink>
      ))}
    </nav>
  );
}
