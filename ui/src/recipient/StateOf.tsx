import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';
import { tones } from './recipient';

/** Where a recipient, a sending, a notice or a finding stands. */
export function StateOf({ state }: { state: string }) {
  const { t } = useTranslation('recipient');
  return <Pill tone={tones[state] ?? 'neutral'}>{t(`state.${state}` as never, { defaultValue: state })}</Pill>;
}
