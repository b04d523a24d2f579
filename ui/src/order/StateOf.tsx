import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';
import { lengthOf, tones } from './order';

/** Where an order, its stock or a conflict stands. */
export function StateOf({ state }: { state: string }) {
  const { t } = useTranslation('order');
  return <Pill tone={tones[state] ?? 'warning'}>{t(`state.${state}` as never, { defaultValue: state })}</Pill>;
}

/** A length of time, in words. */
export function Length({ seconds }: { seconds: number }) {
  const { t } = useTranslation('order');
  const { key, count, rest } = lengthOf(seconds);
  return <>{t(`length.${key}`, { n: count, rest })}</>;
}
