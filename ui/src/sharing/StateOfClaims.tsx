import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Pill } from '@/kit/Pill';
import { claimTones, standingOf, type ClaimTask } from './claim';

export function StateOfClaims({ task }: { task: Pick<ClaimTask, 'state' | 'open' | 'until'> }) {
  const { t } = useTranslation('sharing');
  const [now] = useState(() => Date.now());
  const standing = standingOf(task, now);
  return <Pill tone={claimTones[standing] ?? 'neutral'}>{t(`claims.state.${standing as 'asked'}`)}</Pill>;
}
