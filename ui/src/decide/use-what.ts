import { useTranslation } from 'react-i18next';
import type { Use } from './use';

/** Says what was done, and to what: an action that is not known by its own name. */
export function useWhat(): (said: Use['said']) => string {
  const { t } = useTranslation('decide');
  return ({ action, object }) => t('what', { action: t(`action.${action}` as never, { defaultValue: action }), object: t(`object.${object.kind}` as never, { defaultValue: object.kind }) });
}
