import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';
import { stateTones } from './source';

/** Where a source or an agreement stands. */
export function StateOf({ state }: { state: string }) {
  const { t } = useTranslation('source');
  return <Pill tone={stateTones[state] ?? 'neutral'}>{t(`state.${state}` as never, { defaultValue: state })}</Pill>;
}
