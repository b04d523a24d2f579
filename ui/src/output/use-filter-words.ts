import { useTranslation } from 'react-i18next';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { Departments } from '@/staff/departments';

/** Says a filter of a list as the screen does. */
export function useFilterWords(departments: Departments): { nameOf: (key: string) => string; said: (filter: Record<string, string>) => string[] } {
  const { t } = useTranslation('output');
  const text = useText();
  const term = useTerm();
  const nameOf = (key: string) => t(`export.filters.${key}` as 'export.filters.text', { defaultValue: key });
  const valueOf = (key: string, value: string) => {
    if (key === 'department') return text(departments[value]) || value;
    if (key === 'role' || key === 'outcome') return term(key, value);
    return t(`export.values.${key}.${value}` as 'export.values.scope.mine', { defaultValue: value });
  };
  return { nameOf, said: (filter) => Object.entries(filter).map(([key, value]) => (value === 'true' ? nameOf(key) : `${nameOf(key)} ${valueOf(key, value)}`)) };
}
