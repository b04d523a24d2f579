// Package sm is the cryptography of the house in the algorithms of the Chinese
// commercial cryptography standards: SM2 signatures (GB/T 32918), SM3 digests
// (GB/T 32905), SM4 in Galois/counter mode (GB/T 32907, RFC 8998), and HMAC and
// HKDF over SM3. AES-256-GCM may be chosen in the place of SM4-GCM; what is
// sealed names its algorithm, so both can be opened at any time.
//
// A [Key] is made from a secret for one stated use; it seals values that fit
// into memory and streams of any length. What was sealed opens only unaltered,
// whole, in order, and with the same bound bytes. The layout of both is written
// down in docs/format/vault.md.
//
// The package holds no state, keeps no secret beyond the values it returns and
// reads nothing but the random source of the machine. [SelfTest] checks every
// algorithm against the published vectors of its standard (E-154, A-057).
package sm
