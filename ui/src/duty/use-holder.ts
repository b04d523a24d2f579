import { useTranslation } from 'react-i18next';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import type { Task } from './task';

/** Says who has a task: a person, or the pool in which it waits. */
export function useHolder(departments: Departments): (task: Pick<Task, 'who' | 'to'>) => string {
  const { t } = useTranslation('duty');
  const text = useText();
  const term = useTerm();
  return ({ who, to }) => {
    if (to.person) return [text(who) || to.person, text(who.department)].filter(Boolean).join(' · ');
    const pool = [to.department && (text(departments[to.department]) || to.department), to.role && term('role', to.role)].filter(Boolean).join(' · ');
    return pool ? t('to.of', { who: pool }) : t('to.pool');
  };
}
