import { App } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { cache } from '@/api/cache';
import { api, queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import { takeClaim } from './claim';
import { NotLed } from './NotLed';

/** The person of a link, signed in as himself, goes where it leads, for the purpose that was stated. */
export function Component() {
  const { t } = useTranslation('launch');
  const { message } = App.useApp();
  const fault = useFault();
  const text = useText();
  const term = useTerm();
  const session = useSession();
  const navigate = useNavigate();
  const begun = useRef(false);
  const go = async ({ patient, purpose, source }: Schemas['DecideLanding']) => {
    if (purpose !== session.purpose) {
      await api.POST('/api/session/purpose', { body: { purpose } });
      await cache.invalidateQueries();
    }
    void message.info(t('came', { source: text(source), purpose: term('purpose', purpose) }));
    await navigate(`/patients/${patient}`, { replace: true });
  };
  const land = queries.useMutation('post', '/api/launch/land', { onSuccess: go });
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    land.mutate({ body: { claim: takeClaim() ?? '' } });
  }, [land]);
  return land.error ? <NotLed why={fault(land.error)} /> : <Waiting />;
}
