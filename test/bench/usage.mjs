// Loaded before a measured program (`node --import`): says at its end how much memory and processor time it took.
import { readFileSync, writeSync } from 'node:fs';

/** In KiB. What getrusage says may be the peak of the process that started us; Linux keeps our own apart. */
function peak() {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}

process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  writeSync(3, JSON.stringify({ peak: peak(), cpu: (userCPUTime + systemCPUTime) / 1e6 }));
});
