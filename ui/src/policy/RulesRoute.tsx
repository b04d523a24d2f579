import { useTranslation } from 'react-i18next';
import { NotOpened } from '@/access/NotOpened';
import { queries } from '@/api/client';
import { failureOf } from '@/api/problem';
import { Waiting } from '@/app/Waiting';
import { RulesPage } from './RulesPage';

export function Component() {
  const { t } = useTranslation('policy');
  const known = queries.useQuery('get', '/api/policy/rules', {});
  const failure = failureOf(known);
  if (failure) return <NotOpened error={failure} what={t('rules.title')} onRetry={() => void known.refetch()} />;
  return known.data ? <RulesPage rules={(known.data.items ?? []).map((rule) => ({ ...rule, roles: rule.roles ?? [], verbs: rule.verbs ?? [], demands: rule.demands ?? [] }))} /> : <Waiting />;
}
