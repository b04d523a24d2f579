import type { ReactNode } from 'react';
import { classes } from './classes';
import styles from './Pill.module.css';
import type { Tone } from './tone';

interface PillProps {
  tone?: Tone;
  icon?: ReactNode;
  title?: string;
  children: ReactNode;
}

/** A short state: signed, archived, reported by source… */
export function Pill({ tone = 'neutral', icon, title, children }: PillProps) {
  return (
    <span className={classes(styles.pill, styles[tone])} title={title}>
      {icon}
      {children}
    </span>
  );
}
