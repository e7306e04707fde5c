import type { Finding } from './findings.ts';
import { shown } from './gate-words.ts';
import type { Place } from './repository-path.ts';

const OF_SEVERITY = { error: 'error', warning: 'warning', info: 'note' } as const;

/** A finding as a result of SARIF; what is waived keeps its level, and what rows prove to be safe passes. */
export function sarifResult(finding: Finding, ruleIndex: number): object {
  const { rule, level, severity, contract, subject, message, notes, fingerprint, place, was, related } = finding;
  const at = place ?? was?.place;
  const name = [...new Set([shown(contract ?? ''), subject])].filter((part) => part !== '').join(' ');
  return {
    ruleId: rule,
    ruleIndex,
    kind: level === 'safe' ? 'pass' : 'fail',
    level: level === 'safe' ? 'none' : level === 'error' ? 'error' : OF_SEVERITY[severity],
    message: textOf([name === '' ? message : `${name}: ${message}`, ...notes].join('\n')),
    locations: at
      ? [{ ...location(at), ...(name !== '' && { logicalLocations: [{ fullyQualifiedName: name }] }) }]
      : [],
    // Code scanning knows a result again by primaryLocationLineHash, and by the line's text where that is missing:
    // two columns that are gone from below one line would be one.
    partialFingerprints: { 'suretyFingerprint/v1': fingerprint, primaryLocationLineHash: `${fingerprint}:1` },
    relatedLocations: [...(was && place ? [was] : []), ...related].map((other) => ({
      ...location(other.place),
      message: textOf(other.text),
    })),
    // All results have the list, or none may (3.27.23).
    suppressions: suppressions(finding),
  };
}

/** Plain text, in which `[words](place)` would be a link. */
export function textOf(text: string): { readonly text: string } {
  return { text: text.replaceAll('](', '] (') };
}

function suppressions({ level, waiver }: Finding): readonly object[] {
  if (level !== 'waived' || !waiver) return [];
  const { text, place } = waiver;
  return [{ kind: 'external', status: 'accepted', justification: text, ...(place && { location: location(place) }) }];
}

function location({ path, line, column, endLine, endColumn }: Place) {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(path), uriBaseId: '%SRCROOT%' },
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  };
}

/** As a relative reference: no part holds a colon, which would end a scheme. */
function uriOf(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd')))
    .join('/');
}
