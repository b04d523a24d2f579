import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';
import { tones } from './debarment';

/** Where a debarment or a hit stands. */
export function StateOf({ state }: { state: string }) {
  const { t } = useTranslation('debarment');
  return <Pill tone={tones[state] ?? 'neutral'}>{t(`state.${state}` as never, { defaultValue: state })}</Pill>;
}
