import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';
import { tones } from './retention';

/** Where a destruction, or a record on its list, stands. */
export function StateOf({ state }: { state: string }) {
  const { t } = useTranslation('retention');
  return <Pill tone={tones[state] ?? 'error'}>{t(`state.${state}` as never, { defaultValue: state })}</Pill>;
}
