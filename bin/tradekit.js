#!/usr/bin/env node
// Runs dist, and turns any failure into text and an exit code: 0 fine, 1 yours to fix, 70 our bug. Nothing else sets one.
import module from 'node:module';

const MIN_NODE = [20, 19];
const BUG = 70;

if (tooOld(process.versions.node)) {
  stop(
    1,
    `tradekit needs Node ${MIN_NODE.join('.')} or newer; this is ${process.versions.node}.\nInstall a newer one from https://nodejs.org.`,
  );
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code === 'EPIPE') process.exit(0); // the reader (`| head`) has seen enough
    throw error;
  });
}
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

module.enableCompileCache?.(); // Node 22 and later

try {
  const { main } = await import('../dist/commands/main.js');
  await main(process.argv.slice(2));
} catch (error) {
  fail(error);
}

function tooOld(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1]);
}

function fail(error) {
  if (error?.name === 'TradekitError' && error.code !== 'BUG') {
    stop(1, error.hint === undefined ? error.message : `${error.message}\n${error.hint}`);
  }
  if (error?.code === 'ERR_MODULE_NOT_FOUND') stop(1, incomplete(error.message));
  const stack = error?.stack ?? String(error);
  stop(BUG, `This is a bug in tradekit. Please report it with the text below.\n${stack}`);
}

function incomplete(message) {
  const missing = message.split(' imported from ')[0];
  const cure = message.startsWith('Cannot find package') ? 'npm ci' : 'npm ci && npm run build';
  return `tradekit is not complete. ${missing}.\nRun \`${cure}\` first.`;
}

function stop(code, text) {
  process.stderr.write(`${text}\n`);
  process.exit(code);
}
