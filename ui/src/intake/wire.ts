import type { Schemas } from '@/api/client';
import type { Batch, FileReport, Finding, Quarantined } from './report';

/** What the API says of an import, as the pages show it. */
export const batchOf = ({ counts, ...rest }: Schemas['IntakeImportLine']): Batch => ({ ...rest, total: counts });

export const reportOf = ({ findings, ...rest }: Schemas['IntakeFileReport']): FileReport => ({ ...rest, findings: findingsOf(findings) });

export const quarantinedOf = ({ findings, ...rest }: Schemas['IntakeQuarantineLine']): Quarantined => ({ ...rest, findings: findingsOf(findings) });

const findingsOf = (findings: Schemas['IntakeFinding'][] | null) => (findings ?? []) as Finding[];
