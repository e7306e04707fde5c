/** Which changes the gate counts: names and types; what readers rely on; or everything, writers included. */
export type GateProfile = 'schema' | 'consumer' | 'full';

export const GATE_PROFILES: readonly GateProfile[] = ['schema', 'consumer', 'full'];
