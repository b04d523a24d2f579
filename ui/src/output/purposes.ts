const doctors = ['resident', 'attending', 'chief'];
const bedside = [...doctors, 'nurse', 'head-nurse'];

/** For which purposes the rules let whom take something along (docs/policy.md); each output is decided by the server. */
const served: Record<'prints' | 'exports', { roles: string[]; purposes: string[] }[]> = {
  prints: [{ roles: bedside, purposes: ['care'] }],
  exports: [
    { roles: ['medical-affairs', 'patient-relations', 'nursing-affairs', 'president', 'personnel'], purposes: ['management'] },
    { roles: ['records-clerk', 'coder'], purposes: ['coding', 'insurance'] },
    { roles: ['quality'], purposes: ['quality', 'infection'] },
    { roles: ['auditor', 'discipline'], purposes: ['supervision'] },
    { roles: ['researcher'], purposes: ['research'] },
    { roles: doctors, purposes: ['teaching'] },
  ],
};

/** The purposes for which somebody with these roles may take something along in this way. */
export function purposesServed(way: 'prints' | 'exports', roles: string[]): string[] {
  return served[way].filter((line) => line.roles.some((role) => roles.includes(role))).flatMap(({ purposes }) => purposes);
}
