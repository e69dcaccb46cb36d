import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** CI must have it. */
export const HAS_OPENSSL = spawnSync('openssl', ['version']).status === 0;

if (!HAS_OPENSSL && process.env['CI'] === 'true') throw new Error('CI=true, and openssl is not installed.');

export type Certificates = { readonly ca: string; readonly cert: string; readonly key: string };

/** An authority of our own, and the certificate that it gives to `localhost`. */
export function makeCertificates(folder: string): Certificates {
  const file = (name: string) => join(folder, name);
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  writeFileSync(file('names'), 'subjectAltName=DNS:localhost\n');
  openssl(
    'req',
    '-x509',
    ...curve,
    '-subj',
    '/CN=our authority',
    '-days',
    '2',
    '-keyout',
    file('ca.key'),
    '-out',
    file('ca.pem'),
  );
  openssl('req', ...curve, '-subj', '/CN=localhost', '-keyout', file('key.pem'), '-out', file('request'));
  openssl(
    ...[
      'x509',
      '-req',
      '-in',
      file('request'),
      '-CA',
      file('ca.pem'),
      '-CAkey',
      file('ca.key'),
      '-CAcreateserial',
    ],
    ...['-days', '2', '-extfile', file('names'), '-out', file('cert.pem')],
  );
  return { ca: file('ca.pem'), cert: file('cert.pem'), key: file('key.pem') };
}
