import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';

export type ImportantList = Schemas['ImportantOut'];
export type Operation = Schemas['PrivilegeOperation'];
export type Call = Schemas['PrivilegeSecond'];
export type Change = Schemas['PrivilegeImportant'];

/** Says what an operation does, as the account of acts does. */
export function useAct(): (verb: string, object?: string) => string {
  const { t } = useTranslation('ledger');
  return (verb, object = '') => {
    const said: string = t(`verb.${verb}.asked` as never, { object, defaultValue: verb });
    return said.trim();
  };
}
