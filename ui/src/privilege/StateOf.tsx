import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';
import { stateTones } from './privilege';

/** Where a change, a session, a checkout or an envelope stands. */
export function StateOf({ state }: { state: string }) {
  const { t } = useTranslation('privilege');
  return <Pill tone={stateTones[state] ?? 'neutral'}>{t(`state.${state}` as never, { defaultValue: state })}</Pill>;
}
