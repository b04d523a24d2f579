import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';
import { stateTones, type Version } from './template';

/** Where a version stands; one that is released for a later day says so. */
export function StateOf({ state, used }: Pick<Version, 'state' | 'used'>) {
  const { t } = useTranslation('template');
  if (state === 'released' && !used) return <Pill tone="info">{t('state.waits')}</Pill>;
  return <Pill tone={stateTones[state]}>{t(`state.${state}`)}</Pill>;
}
