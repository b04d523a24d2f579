import type { Session } from '@/app/session';

/** The parts of the place, and what one comes to each for. */
export const tabs = [
  { key: 'corrections', does: 'seeCorrections' },
  { key: 'notices', does: 'seeCorrections' },
  { key: 'complaints', does: 'seeComplaints' },
  { key: 'suspicions', does: 'reviewEntries' },
  { key: 'rules', does: 'ask' },
] as const;

const purposeOf: Record<string, string> = {
  'medical-affairs': 'management', 'patient-relations': 'management', quality: 'quality', 'records-clerk': 'coding', 'insurance-office': 'insurance', 'it-head': 'operation', discipline: 'supervision', auditor: 'supervision',
};

const clinicians = ['resident', 'attending', 'chief', 'nurse', 'head-nurse', 'pharmacist', 'technician'];

/** For which purposes a part opens to somebody; none: whichever he has. */
export function fitting({ roles }: Session, tab: string): string[] {
  if (tab === 'rules') return [];
  const purposes = roles.map((role) => (clinicians.includes(role) ? 'care' : purposeOf[role])).filter((one) => one !== undefined);
  return [...new Set(purposes)];
}
