import { useTranslation } from 'react-i18next';
import { useTerm } from '@/language/terms';
import { useRow, useText } from '@/language/text';
import type { Departments } from '@/staff/departments';
import { limitsOf, type Frame, type Limit } from './frame';

/** Says in words what a frame leaves and which act a verb is. */
export function useFrameWords(departments: Departments): { limitsIn: (frame: Frame) => string[]; act: (verb: string) => string } {
  const { t } = useTranslation('access');
  const text = useText();
  const row = useRow();
  const term = useTerm();
  const act = (verb: string) => t(`grants.acts.${verb.replace('.', '-')}` as never, { defaultValue: verb });
  const value = (frame: Frame, limit: Limit): string => {
    switch (limit) {
      case 'verbs':
        return row((frame.verbs ?? []).map(act));
      case 'purposes':
        return row((frame.purposes ?? []).map((one) => term('purpose', one)));
      case 'forms':
        return row(frame.forms ?? []);
      case 'places':
        return row((frame.places ?? []).map((one) => text(departments[one]) || one));
      case 'roles':
        return row((frame.roles ?? []).map((one) => term('role', one)));
      case 'level':
        return t('frames.upTo', { level: frame.level });
      case 'days':
        return t('frames.dayCount', { count: frame.days });
      case 'roleDays':
        return t('frames.dayCount', { count: frame.roleDays });
    }
  };
  return { limitsIn: (frame) => limitsOf(frame).map((limit) => t('frames.limit', { what: t(`frames.${limit}`), value: value(frame, limit) })), act };
}
