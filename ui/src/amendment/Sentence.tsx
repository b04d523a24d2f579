import { useTranslation } from 'react-i18next';

/** What an act is called in the ledger. */
export function Sentence({ verb }: { verb: string }) {
  const { t } = useTranslation('ledger');
  return t(`verb.${verb}.asked` as never, { object: '', defaultValue: verb });
}
