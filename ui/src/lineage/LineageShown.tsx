import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NotOpened } from '@/access/NotOpened';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { Waiting } from '@/app/Waiting';
import { useText } from '@/language/text';
import { takeAlong, type Lineage, type Use } from './lineage';
import { LineagePage } from './LineagePage';

interface LineageShownProps {
  traced: { data: Lineage | undefined; error: unknown; refetch: () => unknown };
  /** Asks for the evidence, with proofs of the ledger. */
  prove: () => Promise<{ data?: Lineage; error?: unknown }>;
}

/** Where something came from and where it went, once that is known. */
export function LineageShown({ traced, prove }: LineageShownProps) {
  const { t } = useTranslation('lineage');
  const { t: told } = useTranslation('ledger');
  const { message } = App.useApp();
  const fault = useFault();
  const text = useText();
  const [busy, setBusy] = useState(false);
  const failure = failureOf(traced);
  if (failure) return <NotOpened error={failure} what={t('way')} onRetry={() => void traced.refetch()} />;
  const { data: lineage } = traced;
  if (!lineage) return <Waiting />;
  const take = async () => {
    setBusy(true);
    const { data, error } = await prove();
    setBusy(false);
    if (!data) {
      void message.error(fault(error));
      return;
    }
    takeAlong(data);
    void message.success(t(data.withheld ? 'withheld' : 'taken'));
  };
  const object = text(lineage.nodes.find(({ id }) => id === lineage.subject.id)?.name) || t(`kind.${lineage.subject.kind === 'document' ? 'document' : 'origin'}`);
  const called = ({ verb, outcome }: Use) => told(`verb.${verb}.${outcome === 'refused' ? 'asked' : 'done'}` as never, { object, defaultValue: verb });
  return <LineagePage lineage={lineage} called={called} busy={busy} onEvidence={() => void take()} />;
}
