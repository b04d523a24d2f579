import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';
import { tones } from './exchange';

/** Where a partner, a package, a try or an arrival stands; what is not known to be well is not. */
export function StateOf({ state, otherwise = 'error' }: { state: string; otherwise?: 'error' | 'warning' }) {
  const { t } = useTranslation('exchange');
  return <Pill tone={tones[state] ?? otherwise}>{t(`state.${state}` as never, { defaultValue: state })}</Pill>;
}
