// The least that a comparison with a git ref can do: list the files of HEAD, read both sides, and parse each file with the `yaml` package.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const listed = execFileSync('git', ['ls-tree', '-r', '-z', 'HEAD', 'contracts'], { encoding: 'utf8' });
const entries = listed.split('\0').flatMap((line) => {
  const [, hash, path] = /^\d+ blob (\S+)\t(.*)$/s.exec(line) ?? [];
  return path === undefined ? [] : [{ hash, path }];
});
const input = entries.map(({ hash }) => `${hash}\n`).join('');
const { stdout } = spawnSync('git', ['cat-file', '--batch'], { input, maxBuffer: 1 << 30 });
let keys = 0;
for (let at = 0; at < stdout.length; ) {
  const end = stdout.indexOf(10, at);
  const size = Number(stdout.toString('latin1', at, end).split(' ')[2]);
  keys += Object.keys(parse(stdout.toString('utf8', end + 1, end + 1 + size))).length;
  at = end + 1 + size + 1;
}
for (const { path } of entries) keys += Object.keys(parse(readFileSync(path, 'utf8'))).length;
console.log(keys);
