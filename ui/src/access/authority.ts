import type { Schemas } from '@/api/client';
import type { Tone } from '@/kit/tone';

export type Charge = Schemas['StaffCharge'];
export type Authority = Schemas['StaffAuthority'];
export type RoleRequest = Schemas['AccessRoleRequest'];

/** Stands for the department of the patient whom a grant is about. */
export const wherePatientLies = 'patient';

export const roleRequestTones: Record<RoleRequest['state'], Tone> = { waiting: 'info', approved: 'success', refused: 'error', withdrawn: 'neutral' };

export const isGrant = (permission: string) => permission.startsWith('grant:');

/** Where a charge stands: nothing is recorded, somebody must agree to a change, or it is in force. */
export function standing({ inForce, waiting }: Pick<Charge, 'inForce' | 'waiting'>): 'missing' | 'waiting' | 'recorded' {
  if (waiting) return 'waiting';
  return inForce ? 'recorded' : 'missing';
}
